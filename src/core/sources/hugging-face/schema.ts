import { z } from 'zod';
import { toPaperId } from '../../paper.ts';

// Only the fields that we use. The API adds a field about every two months, and whatever isn't
// known at once (summary, keywords, code) is missing rather than null; null is taken as missing.

const Count = z.int().nonnegative();

const PaperId = z.string().transform((text, context) => {
  const id = toPaperId(text);
  if (id !== undefined) return id;
  context.addIssue('not an arXiv id');
  return z.NEVER;
});

const Organization = z.object({ name: z.string(), fullname: z.string().nullish() });

export type Organization = z.infer<typeof Organization>;

/** What a paper holds wherever it appears; the whole reply of `/api/papers/{id}`. */
export const FlatPaper = z.object({
  id: PaperId,
  title: z.string().nullish(),
  summary: z.string().nullish(),
  authors: z.array(z.object({ name: z.string() })).nullish(),
  publishedAt: z.string().nullish(),
  submittedOnDailyAt: z.string().nullish(),
  submittedOnDailyBy: z.object({ user: z.string().nullish() }).nullish(),
  upvotes: Count.nullish(),
  projectPage: z.string().nullish(),
  githubRepo: z.string().nullish(),
  githubStars: Count.nullish(),
  ai_summary: z.string().nullish(),
  ai_keywords: z.array(z.string()).nullish(),
  organization: Organization.nullish(),
  thumbnail: z.string().nullish(),
});

/**
 * What stands around a paper on a list. There is no `upvotes` here, and `publishedAt` is not the
 * day of the list but the paper's own date moved by New York's offset, so neither is read.
 */
const Wrapper = z.object({
  title: z.string().nullish(),
  summary: z.string().nullish(),
  thumbnail: z.string().nullish(),
  numComments: Count.nullish(),
  submittedBy: z.object({ name: z.string().nullish() }).nullish(),
  organization: Organization.nullish(),
});

/** One item of `/api/daily_papers`. Without votes it could not be ranked, so they are required. */
export const DailyItem = Wrapper.extend({ paper: FlatPaper.extend({ upvotes: Count }) });

/** A paper with what stands around it. */
const Item = Wrapper.extend({ paper: FlatPaper });

export type Item = z.infer<typeof Item>;

/**
 * One item of `/api/papers/search`. Clients in use expect both shapes, so we read both: a paper in
 * a wrapper, or the paper itself.
 */
export const SearchItem = z.preprocess((raw) => (isFlat(raw) ? { paper: raw } : raw), Item);

function isFlat(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'id' in raw && !('paper' in raw);
}

/** A list or search reply: items are checked one by one, so that a bad one spoils no other. */
export const Items = z.array(z.unknown());
