import type { DateString, Instant, Paper } from '../../paper.ts';
import { toPlainText } from '../../text/index.ts';
import { toLink, toThumbnail } from './links.ts';
import type { Item, Organization } from './schema.ts';

/** The `PaperSource.id`. */
export const HUGGING_FACE = 'hugging-face';

/**
 * The item as a paper, or undefined when it has no title. Its list date is the day of
 * `submittedOnDailyAt`, which in 7,077 of 7,077 recorded rows is the day of the list; a paper that
 * was submitted again moves to its newer day, even when an older list still shows it. Only rows
 * without it (before 2025-03-17) get the day that was asked for.
 *
 * Authors marked `hidden` are kept: they took the paper off their Hugging Face profile, not their
 * name off the paper.
 */
export function toPaper(item: Item, asked?: DateString): Paper | undefined {
  const { paper } = item;
  const title = plain(paper.title ?? item.title);
  if (title === undefined) return undefined;
  const codeUrl = toLink(paper.githubRepo);
  return {
    id: paper.id,
    title,
    abstract: plain(paper.summary ?? item.summary) ?? '',
    authors: plainList((paper.authors ?? []).map((author) => author.name)),
    categories: [],
    keywords: distinct(plainList(paper.ai_keywords ?? [])),
    source: HUGGING_FACE,
    ...known({
      publishedAt: toInstant(paper.publishedAt),
      summary: plain(paper.ai_summary),
      organization: displayName(item.organization ?? paper.organization),
      thumbnail: toThumbnail(item.thumbnail ?? paper.thumbnail),
      codeUrl,
      codeStars: codeUrl === undefined ? undefined : (paper.githubStars ?? undefined),
      projectUrl: toLink(paper.projectPage),
      submitter: plain(item.submittedBy?.name ?? paper.submittedOnDailyBy?.user),
      upvotes: paper.upvotes ?? undefined,
      comments: item.numComments ?? undefined,
      listDate: toInstant(paper.submittedOnDailyAt)?.slice(0, 'YYYY-MM-DD'.length) ?? asked,
    }),
  };
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only the fields that have a value: a missing field and an undefined one are not the same. */
function known<T extends object>(fields: T): Known<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Known<T>;
}

function plain(raw: string | null | undefined): string | undefined {
  const clean = toPlainText(raw ?? '');
  return clean === '' ? undefined : clean;
}

function plainList(raw: readonly string[]): string[] {
  return raw.flatMap((entry) => plain(entry) ?? []);
}

/** Keywords repeat in another case: `LLMs`, `llms`. The first spelling stays. */
function distinct(words: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const word of words) {
    const key = word.toLowerCase();
    if (!seen.has(key)) seen.set(key, word);
  }
  return [...seen.values()];
}

function displayName(organization: Organization | null | undefined): string | undefined {
  return plain(organization?.fullname) ?? plain(organization?.name);
}

function toInstant(raw: string | null | undefined): Instant | undefined {
  if (!raw || !/^\d{4}-\d{2}-\d{2}/.test(raw)) return undefined;
  const time = Date.parse(raw);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
