import type { DateString, Instant, Paper } from '../paper.ts';

/** What one fetch brought. A bad item is left out, never fatal. */
export interface Fetched {
  readonly papers: readonly Paper[];
  /** Items that were not in the shape we know. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
}

/** When a source's list for a day is open, or why that day has none. */
export type ListDay =
  | { readonly kind: 'list'; readonly opensAt: Instant; readonly closesAt: Instant }
  | { readonly kind: 'quiet'; readonly reason: 'weekend' | 'holiday' };

/** A place that papers are looked for in. */
export interface PaperFinder {
  readonly id: string;
  /** For people: `Hugging Face Daily Papers`. */
  readonly name: string;
  /** One paper, or undefined when the place doesn't know it. Rejects with `SourceError`. */
  find?(id: string, signal?: AbortSignal): Promise<Paper | undefined>;
  /** The place's own search over all that it knows, best first. Rejects with `SourceError`. */
  search?(query: string, limit: number, signal?: AbortSignal): Promise<Fetched>;
}

/** A place that daily lists come from. Days are the source's own list dates. */
export interface PaperSource extends PaperFinder {
  /** Whether and when that day's list is open: pure, no network. */
  day(date: DateString): ListDay;
  /**
   * The whole list of one day, all pages; empty when the list is. Rejects with `SourceError`, at
   * the latest when `signal` aborts.
   */
  fetch(date: DateString, signal?: AbortSignal): Promise<Fetched>;
}
