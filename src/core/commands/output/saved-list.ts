import type { Block, Button } from '../../message.ts';
import { said } from '../input/words.ts';
import type { Page } from './page.ts';
import { counted } from './reply.ts';

/** `You saved 12 papers about “agents”`. */
export function savedTitle(count: number, query: string | undefined): string {
  return `You saved ${counted(count, 'paper')}${query === undefined ? '' : ` about ${said(query)}`}`;
}

/** To the pages beside this one; nothing where it is the only one. */
export function pageButtons(
  { page, pages }: Pick<Page<unknown>, 'page' | 'pages'>,
  query: string | undefined,
): Block[] {
  const to = (label: string, wanted: number): Button => ({
    label,
    command: 'saved',
    args: { page: wanted, ...(query !== undefined && { query }) },
  });
  const buttons = [
    ...(page > 1 ? [to('Newer', page - 1)] : []),
    ...(page < pages ? [to('Older', page + 1)] : []),
  ];
  return buttons.length === 0 ? [] : [{ type: 'actions', buttons }];
}
