import type { DateString, Paper } from '../../paper.ts';
import type { Fetched, PaperSource } from '../source.ts';
import type { SampleEntry } from './entry.ts';
import { languagePapers } from './language.ts';
import { learningPapers } from './learning.ts';
import { visionPapers } from './vision.ts';

/** The sample's one list date, a Tuesday. */
export const SAMPLE_DATE: DateString = '2026-03-10';

/** The sample never changes: its list closed long ago, whatever the clock says. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

const papers: readonly Paper[] = [...languagePapers, ...visionPapers, ...learningPapers]
  .map(toPaper)
  .sort((a, b) => (b.upvotes ?? 0) - (a.upvotes ?? 0));

/**
 * Well-known real papers that come with the program, for a first look without a network: true ids,
 * titles, authors and dates, summaries in our own words, and invented votes. Nothing rejects.
 */
export function createSample(): PaperSource {
  return {
    id: 'sample',
    name: 'built-in sample',
    day: (date) =>
      date === SAMPLE_DATE
        ? { kind: 'list', opensAt: LONG_AGO, closesAt: LONG_AGO }
        : { kind: 'quiet', reason: 'holiday' },
    fetch: (date) => Promise.resolve(fetched(date === SAMPLE_DATE ? papers : [])),
    find: (id) => Promise.resolve(papers.find((paper) => paper.id === id)),
    search: (query, limit) =>
      Promise.resolve(fetched(matching(query).slice(0, Math.max(0, limit)))),
  };
}

function fetched(found: readonly Paper[]): Fetched {
  return { papers: found, skipped: [] };
}

/** Papers that hold every word of the query, most votes first; none for a query without words. */
function matching(query: string): Paper[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return papers.filter((paper) => {
    const text = wordsOf(searchable(paper)).join(' ');
    return words.every((word) => text.includes(word));
  });
}

function searchable(paper: Paper): string {
  const { title, abstract, summary = '', organization = '' } = paper;
  return [title, abstract, summary, organization, ...paper.authors, ...paper.keywords].join(' ');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function toPaper(entry: SampleEntry): Paper {
  const { date, authors, categories, keywords, ...rest } = entry;
  return {
    ...rest,
    authors: authors.split(', '),
    categories: categories.split(' '),
    keywords: keywords.split(', '),
    publishedAt: `${date}T00:00:00.000Z`,
    listDate: SAMPLE_DATE,
    source: 'sample',
  };
}
