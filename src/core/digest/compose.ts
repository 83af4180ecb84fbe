import { dayName, paperCard, paperLine } from '../compose.ts';
import { type Message, paragraph, type Block, type Span } from '../message.ts';
import type { DateString } from '../paper.ts';
import type { Ranked } from '../ranking/signal.ts';
import type { Page } from '../store/digests.ts';

export interface DigestContent {
  /** The lists drawn from, newest first; empty on a quiet day. */
  readonly dates: readonly DateString[];
  readonly ranked: readonly Ranked[];
  /** How many papers there were to choose from. */
  readonly total: number;
  /** Said under the list, or instead of it: why nothing or less came, and what comes next. */
  readonly note?: string;
  /** Whether the papers are the built-in sample. */
  readonly sample: boolean;
}

/** The messages of a digest in the order of posting: the overview, then one message a paper. */
export function composeDigest(content: DigestContent): Page[] {
  const overview = { message: composeOverview(content), papers: idsOf(content.ranked) };
  return [overview, ...content.ranked.map(composePaper)];
}

function composeOverview({ dates, ranked, total, note, sample }: DigestContent): Message {
  const title = titleOf(dates, sample);
  const blocks: Block[] = [{ type: 'heading', text: title }];
  if (ranked.length > 0) blocks.push({ type: 'list', ordered: true, items: linesOf(ranked) });
  if (ranked.length > 0) blocks.push(paragraph({ text: footer(ranked, total), style: 'emphasis' }));
  if (note !== undefined) blocks.push(paragraph(note));
  return { summary: summaryOf(title, ranked, note), blocks };
}

function titleOf(dates: readonly DateString[], sample: boolean): string {
  const [newest] = dates;
  const oldest = dates.at(-1);
  const prefix = sample ? 'Sample papers' : 'Papers';
  if (newest === undefined || oldest === undefined) return `No new ${prefix.toLowerCase()}`;
  if (newest === oldest) return `${prefix} of ${dayName(newest)}`;
  return `${prefix} of ${dayName(oldest)} to ${dayName(newest)}`;
}

function linesOf(ranked: readonly Ranked[]): readonly (readonly Span[])[] {
  return ranked.map(({ paper, why }) => paperLine(paper, why === undefined ? {} : { why }));
}

function footer(ranked: readonly Ranked[], total: number): string {
  const share = ranked.length === total ? `All ${total}` : `${ranked.length} of ${total} papers`;
  return total === 1
    ? 'The only paper of the list.'
    : `${share}. Each has a message of its own below.`;
}

function summaryOf(title: string, ranked: readonly Ranked[], note: string | undefined): string {
  const [first] = ranked;
  if (first === undefined) return note === undefined ? title : `${title}. ${note}`;
  return ranked.length === 1
    ? `${title}: ${first.paper.title}`
    : `${title}: ${first.paper.title}, and ${ranked.length - 1} more`;
}

function composePaper({ paper, why }: Ranked, index: number): Page {
  const card = paperCard(paper, { rank: index + 1, ...(why !== undefined && { why }) });
  const message: Message = {
    summary: `${index + 1}. ${paper.title}`,
    blocks: [
      { type: 'paper', paper: card },
      {
        type: 'actions',
        buttons: [{ label: 'Save', command: 'save', args: { paper: paper.id } }],
      },
    ],
  };
  return { message, papers: [paper.id] };
}

function idsOf(ranked: readonly Ranked[]): string[] {
  return ranked.map(({ paper }) => paper.id);
}
