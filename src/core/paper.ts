/** A calendar day as `YYYY-MM-DD`; which zone's day it is stands where it is used. */
export type DateString = string;

/** An instant as ISO 8601 in UTC, such as `2026-08-20T01:30:00.000Z`. */
export type Instant = string;

/**
 * One paper, cleaned: all text is plain, single-spaced and NFC, with LaTeX made readable and no
 * control, bidi or zero-width characters. Links are absolute http(s) URLs.
 */
export interface Paper {
  /** The arXiv base id without version: `2405.14906` or `astro-ph/0601001`. Identity, for ever. */
  readonly id: string;
  readonly title: string;
  /** Empty where the source has none (lists before 2025). */
  readonly abstract: string;
  readonly authors: readonly string[];
  /** When version 1 appeared on arXiv. Never a filter: a quarter of listed papers are older. */
  readonly publishedAt?: Instant;
  /** The newest arXiv version, where the source tells it. */
  readonly version?: number;
  readonly withdrawn?: boolean;
  /** arXiv categories, primary first: `['cs.CL', 'cs.AI']`. */
  readonly categories: readonly string[];
  /** One sentence, machine-made by Hugging Face (`ai_summary`). */
  readonly summary?: string;
  readonly keywords: readonly string[];
  /** The organization's display name: `Google`. */
  readonly organization?: string;
  readonly thumbnail?: string;
  readonly codeUrl?: string;
  readonly codeStars?: number;
  readonly projectUrl?: string;
  /** Who submitted it to the daily list: a Hugging Face user name. */
  readonly submitter?: string;
  /** The newest known count; absent where nobody votes (arXiv). */
  readonly upvotes?: number;
  readonly comments?: number;
  /** The day of the source's list that holds it, as the source names days. Absent off-list. */
  readonly listDate?: DateString;
  /** The `PaperSource` that told us: `hugging-face`, `arxiv`, `sample`. */
  readonly source: string;
}

const NEW_STYLE = /^\d{4}\.\d{4,5}$/;
const OLD_STYLE = /^[a-z-]+(?:\.[A-Z]{2})?\/\d{7}$/;
const VERSION = /v\d+$/i;
/** What stands before the id: arXiv, the pages that mirror it, Hugging Face, and arXiv's DOIs. */
const PREFIXES = [
  String.raw`(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/`,
  String.raw`ar5iv(?:\.labs\.arxiv)?\.org/(?:(?:abs|html)/)?`,
  String.raw`(?:www\.)?alphaxiv\.org/(?:abs|pdf|overview)/`,
  String.raw`(?:www\.)?(?:huggingface\.co|hf\.co)/papers/`,
  String.raw`(?:(?:dx\.)?doi\.org/|doi:)?10\.48550/arxiv\.`,
  'arxiv:',
];
const PREFIX = new RegExp(`^(?:https?://)?(?:${PREFIXES.join('|')})`, 'i');

/**
 * The base arXiv id in an id or a link (`2405.14906v2`, `arXiv:2405.14906`,
 * `https://arxiv.org/pdf/2405.14906v1.pdf`, `https://huggingface.co/papers/2405.14906`), or
 * undefined when there is none.
 */
export function toPaperId(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(PREFIX, '')
    .replace(/\.pdf$/i, '')
    .replace(VERSION, '');
  return NEW_STYLE.test(bare) || OLD_STYLE.test(bare) ? bare : undefined;
}

/** The base ids of the papers that a text names or links to, in order, without repeats. */
export function toPaperIds(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => toPaperId(word) ?? []))];
}

/** The one paper that a query asks for: by its link among any words, or by an id that is all of it. */
export function toAskedId(query: string): string | undefined {
  const words = wordsOf(query);
  const [id, ...more] = toPaperIds(query);
  if (more.length > 0) return undefined;
  const named = words.filter((word) => toPaperId(word) !== undefined);
  return named.length === words.length || named.some((word) => PREFIX.test(word)) ? id : undefined;
}

/** Without the signs that part words or end sentences; `arXiv: 2405.14906` is one. */
function wordsOf(text: string): string[] {
  const words = text.replace(/\barxiv:\s+/gi, 'arxiv:').split(/[\s<>()[\]|"',;]+/u);
  return words.map((word) => word.replace(/[.:!?]+$/, '')).filter((word) => word !== '');
}

/** The paper's page on Hugging Face. Opening it indexes the paper there, so never prefetch it. */
export function huggingFaceUrl(id: string): string {
  return `https://huggingface.co/papers/${id}`;
}

/** The abstract page, the only page that arXiv asks others to link to. */
export function arxivUrl(id: string): string {
  return `https://arxiv.org/abs/${id}`;
}

export function pdfUrl(id: string): string {
  return `https://arxiv.org/pdf/${id}`;
}
