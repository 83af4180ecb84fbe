import type { DroppedPaper, Layout } from '../commands/command.ts';
import { dayName, paperActions, paperCard, paperLine } from '../compose.ts';
import { paragraph, type Block, type Button, type Message, type Span } from '../message.ts';
import type { DateString } from '../paper.ts';
import type { Ranked } from '../ranking/signal.ts';
import type { Page } from '../store/digests.ts';
import { shorten } from '../text/index.ts';

export interface DigestContent {
  /** The lists drawn from, newest first; empty on a quiet day. */
  readonly dates: readonly DateString[];
  readonly ranked: readonly Ranked[];
  /** How many of them, at the end, are of earlier lists; none if absent. */
  readonly late?: number;
  /** What may not show here, and why. */
  readonly dropped: readonly DroppedPaper[];
  /** How many papers there were to choose from. */
  readonly total: number;
  /** Said under the list, or instead of it: why nothing or less came, and what comes next. */
  readonly note?: string;
  /** Whether the papers are the built-in sample. */
  readonly sample: boolean;
}

/** The messages of a digest in the order of posting. */
export function composeDigest(content: DigestContent, layout: Layout = 'thread'): Page[] {
  const papers = idsOf(content.ranked);
  const overview = { message: composeOverview(content, layout), papers, inThread: false };
  if (layout === 'compact' || papers.length === 0) return [overview];
  if (layout === 'channel')
    return content.ranked.map((each, index) => inChannel(content, each, index));
  return [overview, ...content.ranked.map(composePaper)];
}

function composeOverview(content: DigestContent, layout: Layout): Message {
  const { ranked, note } = content;
  const title = titleOf(content);
  const blocks: Block[] = [{ type: 'heading', text: title }];
  if (ranked.length > 0) {
    const said = layout === 'compact' ? share(content) : footer(content);
    blocks.push({ type: 'list', ordered: true, items: linesOf(ranked) });
    blocks.push(paragraph({ text: said, style: 'emphasis' }));
  }
  if (note !== undefined) blocks.push(paragraph(note));
  if (ranked.length > 0) blocks.push(saveMenu(ranked));
  return {
    summary: summaryOf(title, ranked, note),
    blocks: [...blocks, { type: 'actions', buttons: [SETTINGS] }],
  };
}

const SETTINGS: Button = { label: 'Settings', command: 'settings', args: {} };

/** The longest label that every service shows whole, in UTF-16 units; Slack's is the shortest. */
const OPTION_MAX = 75;

function saveMenu(ranked: readonly Ranked[]): Block {
  const options = ranked.map(({ paper }, index) => ({
    label: shorten(`${index + 1}. ${paper.title}`, OPTION_MAX),
    value: paper.id,
  }));
  return { type: 'menu', menu: { label: 'Save a paper…', command: 'save', arg: 'paper', options } };
}

/** Without a thread the first paper carries the digest's title, and the last one its note. */
function inChannel(content: DigestContent, each: Ranked, index: number): Page {
  const { ranked, note } = content;
  const page = composePaper(each, index);
  const isLast = index === ranked.length - 1;
  const title = titleOf(content);
  const blocks: Block[] = [
    ...(index === 0 ? [{ type: 'heading', text: title } as const] : []),
    ...page.message.blocks,
    ...(isLast && note !== undefined ? [paragraph(note)] : []),
  ];
  const summary = index === 0 ? summaryOf(title, ranked, undefined) : page.message.summary;
  return { ...page, message: { summary, blocks }, inThread: false };
}

function titleOf({ dates, ranked, sample, late = 0 }: DigestContent): string {
  const [newest] = dates;
  const oldest = dates.at(-1);
  const prefix = sample ? 'Sample papers' : 'Papers';
  if (ranked.length === 0 || newest === undefined || oldest === undefined) {
    return late > 0 ? 'Late bloomers' : `No new ${prefix.toLowerCase()}`;
  }
  if (newest === oldest) return `${prefix} of ${dayName(newest)}`;
  return `${prefix} of ${dayName(oldest)} to ${dayName(newest)}`;
}

function linesOf(ranked: readonly Ranked[]): readonly (readonly Span[])[] {
  return ranked.map(({ paper, why }) => paperLine(paper, why === undefined ? {} : { why }));
}

function footer(content: DigestContent): string {
  return `${share(content)} Each has a message of its own below.`;
}

function share({ ranked, late = 0, total }: DigestContent): string {
  const fresh = ranked.length - late;
  const ofList = fresh === 0 ? [] : [freshShare(fresh, total)];
  const bloomers = late === 1 ? '1 late bloomer' : `${late} late bloomers`;
  return [...ofList, ...(late === 0 ? [] : [`${bloomers} of earlier lists.`])].join(' ');
}

function freshShare(count: number, total: number): string {
  if (total === 1) return 'The only paper of the list.';
  return count === total ? `All ${total} papers.` : `${count} of ${total} papers.`;
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
    blocks: [{ type: 'paper', paper: card }, paperActions(paper.id)],
  };
  return { message, papers: [paper.id], inThread: true };
}

function idsOf(ranked: readonly Ranked[]): string[] {
  return ranked.map(({ paper }) => paper.id);
}
