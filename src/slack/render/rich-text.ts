import type { types } from '@slack/bolt';
import type { Block, Span } from '../../core/index.ts';
import { plain, safeUrl } from '../text.ts';
import { SECTION_MAX, URL_MAX } from './limits.ts';

const STYLES = {
  strong: { bold: true },
  emphasis: { italic: true },
  code: { code: true },
} as const;

/**
 * Spans as rich text, in which Slack reads no markup at all: no mention, no emoji code, no link
 * but those that we say are links. Empty spans are left out, since Slack refuses them.
 */
function richElements(spans: readonly Span[]): types.RichTextElement[] {
  return spans.flatMap(({ text, style, href }): types.RichTextElement[] => {
    const shown = plain(text, SECTION_MAX);
    if (shown === '') return [];
    const styled = style === undefined ? {} : { style: STYLES[style] };
    const url = href === undefined ? undefined : safeUrl(href, URL_MAX);
    return url === undefined
      ? [{ type: 'text', text: shown, ...styled }]
      : [{ type: 'link', url, text: shown, ...styled }];
  });
}

/** One line or paragraph; nothing when it would be empty. */
export function richText(spans: readonly Span[]): types.RichTextBlock[] {
  const elements = richElements(spans);
  if (elements.length === 0) return [];
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
}

export function richList({
  ordered,
  start = 1,
  items,
}: Extract<Block, { type: 'list' }>): types.RichTextBlock[] {
  const elements = items
    .map((spans) => richElements(spans))
    .filter((item) => item.length > 0)
    .map((item) => ({ type: 'rich_text_section' as const, elements: item }));
  if (elements.length === 0) return [];
  const style = ordered ? ('ordered' as const) : ('bullet' as const);
  const offset = start > 1 ? { offset: start - 1 } : {};
  return [
    { type: 'rich_text', elements: [{ type: 'rich_text_list', style, ...offset, elements }] },
  ];
}
