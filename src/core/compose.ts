import { link, text, type Block, type PaperCard, type Span } from './message.ts';
import { arxivUrl, huggingFaceUrl, pdfUrl, type DateString, type Paper } from './paper.ts';
import type { Ranked } from './ranking/signal.ts';
import { firstSentence, shorten } from './text/index.ts';

/** What a ranking adds to a paper. */
interface PaperExtra {
  /** From 1. */
  readonly rank?: number;
  /** A few words for the reader: `top 3% for its age; matches agents`. */
  readonly why?: string;
}

/** Names shown before `+n`, as docs/architecture.md, "What a reader sees" has it. */
const AUTHORS_SHOWN = 3;

/**
 * The longest summary in UTF-16 units. Hugging Face's run to about 300; this stops an abstract
 * without a full stop from filling the screen.
 */
const SUMMARY_MAX = 400;

/** The sources whose papers surely have a page on Hugging Face. */
const ON_HUGGING_FACE: ReadonlySet<string> = new Set(['hugging-face', 'sample']);

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** Three names, then `+n`: `Ada Lovelace, Alan Turing, Grace Hopper +4`; empty for none. */
export function authorLine(authors: readonly string[]): string {
  const shown = authors.slice(0, AUTHORS_SHOWN).join(', ');
  const hidden = authors.length - AUTHORS_SHOWN;
  return hidden > 0 ? `${shown} +${hidden}` : shown;
}

/** All that a reader sees of one paper. */
export function paperCard(paper: Paper, extra: PaperExtra = {}): PaperCard {
  const why = whyLine(paper, extra.why);
  const summary = summaryOf(paper);
  return {
    id: paper.id,
    title: paper.title,
    href: pageUrl(paper),
    ...(extra.rank !== undefined && { rank: extra.rank }),
    authors: authorLine(paper.authors),
    ...(paper.organization !== undefined && { organization: paper.organization }),
    ...(paper.upvotes !== undefined && { upvotes: paper.upvotes }),
    ...(why !== '' && { why }),
    ...(summary !== '' && { summary }),
    ...(paper.thumbnail !== undefined && { thumbnail: paper.thumbnail }),
    links: linksOf(paper),
  };
}

/** Under a paper that stands alone: what a reader may do with it. */
export function paperActions(id: string): Block {
  return {
    type: 'actions',
    buttons: [
      { label: 'Save', command: 'save', args: { paper: id } },
      { label: 'Similar', command: 'similar', args: { paper: id } },
    ],
  };
}

/** One card a paper, numbered from 1. */
export function paperBlocks(ranked: readonly Ranked[]): Block[] {
  return ranked.map(({ paper, why }, index) => ({
    type: 'paper',
    paper: paperCard(paper, { rank: index + 1, ...(why !== undefined && { why }) }),
  }));
}

/** One line of an overview: rank, title as a link, upvotes, and why in parentheses. */
export function paperLine(paper: Paper, extra: PaperExtra = {}): Span[] {
  const votes = paper.upvotes === undefined ? '' : ` ▲${paper.upvotes}`;
  const why = whyLine(paper, extra.why);
  const tail = why === '' ? votes : `${votes} (${why})`;
  return [
    ...(extra.rank === undefined ? [] : [text(`${extra.rank}. `)]),
    link(paper.title, pageUrl(paper)),
    ...(tail === '' ? [] : [text(tail)]),
  ];
}

/** `Thursday 20 August 2026`. Throws `RangeError` for what is no date. */
export function dayName(date: DateString): string {
  return `${dayAndMonth(date)} ${date.slice(0, 4)}`;
}

/** `Thursday 20 August`, for days so near that the year goes without saying. */
export function dayAndMonth(date: DateString): string {
  const day = new Date(`${date}T00:00:00Z`);
  const weekday = WEEKDAYS[(day.getUTCDay() + 6) % 7];
  const month = MONTHS[day.getUTCMonth()];
  if (weekday === undefined || month === undefined) throw new RangeError(`No date: ${date}`);
  return `${weekday} ${day.getUTCDate()} ${month}`;
}

function pageUrl(paper: Paper): string {
  return isOnHuggingFace(paper) ? huggingFaceUrl(paper.id) : arxivUrl(paper.id);
}

/** Only Hugging Face counts votes, so a paper that has some is known there whoever told us of it. */
function isOnHuggingFace(paper: Paper): boolean {
  return ON_HUGGING_FACE.has(paper.source) || paper.upvotes !== undefined;
}

function whyLine(paper: Paper, why: string | undefined): string {
  const marks = paper.source === 'sample' && paper.upvotes !== undefined ? ['sample votes'] : [];
  return [...(why === undefined ? [] : [why]), ...marks].join('; ');
}

function summaryOf(paper: Paper): string {
  if (paper.withdrawn === true) return 'Withdrawn by its authors.';
  return shorten(paper.summary ?? firstSentence(paper.abstract), SUMMARY_MAX);
}

function linksOf(paper: Paper): PaperCard['links'] {
  return [
    ...(isOnHuggingFace(paper) ? [{ label: 'Hugging Face', href: huggingFaceUrl(paper.id) }] : []),
    { label: 'arXiv', href: arxivUrl(paper.id) },
    { label: 'PDF', href: pdfUrl(paper.id) },
    ...submitted('Code', paper.codeUrl),
    ...submitted('Project', paper.projectUrl),
  ];
}

/** Where everybody may put a page, but nobody a trap that looks like another site's. */
const HOSTS = /^(?:[\w-]+\.)*(?:github\.com|github\.io|gitlab\.com|huggingface\.co|hf\.space)$/;

/** A link that somebody gave with a paper: anybody may, so that only well-known hosts are linked to. */
function submitted(label: string, href: string | undefined): PaperCard['links'] {
  const url = href !== undefined && URL.canParse(href) ? new URL(href) : undefined;
  return url !== undefined && HOSTS.test(url.hostname) ? [{ label, href: url.href }] : [];
}
