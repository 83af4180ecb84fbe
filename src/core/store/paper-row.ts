import type { Insertable, Selectable } from 'kysely';
import type { Instant, Paper } from '../paper.ts';
import type { PaperTable } from './schema/archive.ts';

/** A paper as the database gives it back. */
export type PaperRow = Selectable<PaperTable>;

/** The row of a paper; absent facts become null, so that every row has the same columns. */
export function toRow(
  paper: Paper,
  readAt: Instant,
): Required<Omit<Insertable<PaperTable>, 'key'>> {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: JSON.stringify(paper.authors),
    published_at: paper.publishedAt ?? null,
    version: paper.version ?? null,
    withdrawn: paper.withdrawn === undefined ? null : Number(paper.withdrawn),
    categories: JSON.stringify(paper.categories),
    summary: paper.summary ?? null,
    keywords: JSON.stringify(paper.keywords),
    organization: paper.organization ?? null,
    thumbnail: paper.thumbnail ?? null,
    code_url: paper.codeUrl ?? null,
    code_stars: paper.codeStars ?? null,
    project_url: paper.projectUrl ?? null,
    submitter: paper.submitter ?? null,
    upvotes: paper.upvotes ?? null,
    upvotes_at: paper.upvotes === undefined ? null : readAt,
    comments: paper.comments ?? null,
    list_date: paper.listDate ?? null,
    source: paper.source,
  };
}

/** The paper of a row. */
export function toPaper(row: PaperRow): Paper {
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: toStrings(row.authors),
    categories: toStrings(row.categories),
    keywords: toStrings(row.keywords),
    source: row.source,
    ...withoutNulls({
      publishedAt: row.published_at,
      version: row.version,
      withdrawn: row.withdrawn === null ? null : row.withdrawn !== 0,
      summary: row.summary,
      organization: row.organization,
      thumbnail: row.thumbnail,
      codeUrl: row.code_url,
      codeStars: row.code_stars,
      projectUrl: row.project_url,
      submitter: row.submitter,
      upvotes: row.upvotes,
      comments: row.comments,
      listDate: row.list_date,
    }),
  };
}

function toStrings(json: string): string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

type WithoutNulls<T> = { [Key in keyof T]?: Exclude<T[Key], null> };

function withoutNulls<T extends object>(facts: T): WithoutNulls<T> {
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as WithoutNulls<T>;
}
