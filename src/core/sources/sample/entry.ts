/** One well-known paper as it is written down here: lists are text, since that reads best. */
export interface SampleEntry {
  readonly id: string;
  readonly title: string;
  /** All authors, separated by a comma and a space. */
  readonly authors: string;
  /** The day of version 1. */
  readonly date: string;
  /** arXiv categories, primary first, separated by spaces. */
  readonly categories: string;
  readonly organization?: string;
  readonly codeUrl?: string;
  /** Separated by a comma and a space. */
  readonly keywords: string;
  /** Invented: there to give the sample an order, and marked as sample wherever it is shown. */
  readonly upvotes: number;
  /** One sentence in our own words. */
  readonly summary: string;
  /** Two or three sentences in our own words, not the paper's abstract. */
  readonly abstract: string;
}
