import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Suggestion } from '../command-call.ts';
import { toAskedId } from '../paper.ts';
import { toWords } from '../query.ts';
import type { Store } from '../store/open.ts';
import { findPaper } from '../store/papers.ts';

export interface Suggester {
  /** See `CommandServices.suggestPapers`. */
  papers(typed: string): Promise<Suggestion[]>;
  /** See `CommandServices.suggestTopics`. */
  topics(typed: string): Promise<Suggestion[]>;
}

/** As many as any service shows. */
const MOST = 25;

/** What is talked about changes slowly; counting takes some 20 ms. */
const KEEP_MS = 3_600_000;
const RECENT_DAYS = 90;
const DAY_MS = 86_400_000;

/** A topic of one paper alone is no topic. */
const LEAST_PAPERS = 2;

/** Completes papers and topics from the archive. Its methods reject only when the database does. */
export function createSuggester(store: Store, clock: Clock): Suggester {
  let topics: { readonly until: number; readonly words: Promise<string[]> } | undefined;
  const recentTopics = () => {
    const now = clock().getTime();
    if (topics === undefined || topics.until < now) {
      topics = {
        until: now + KEEP_MS,
        words: countTopics(store, new Date(now - RECENT_DAYS * DAY_MS)),
      };
    }
    return topics.words;
  };
  return {
    papers: (typed) => papers(store, typed),
    async topics(typed) {
      const wanted = typed.trim().toLowerCase();
      const words = await recentTopics();
      const begin = words.filter((word) => word.startsWith(wanted));
      const inside = words.filter(
        (word) => !word.startsWith(wanted) && word.includes(` ${wanted}`),
      );
      return [...begin, ...inside].slice(0, MOST).map((word) => ({ name: word, value: word }));
    },
  };
}

async function papers(store: Store, typed: string): Promise<Suggestion[]> {
  const id = toAskedId(typed);
  if (id !== undefined) {
    const paper = await findPaper(store, id);
    return paper === undefined ? [] : [{ name: paper.title, value: paper.id }];
  }
  const words = toWords(typed);
  const rows = words.length === 0 ? await newest(store) : await withTitle(store, words);
  return rows.map((row) => ({ name: row.title, value: row.id }));
}

function newest(store: Store) {
  return store
    .selectFrom('papers')
    .select(['id', 'title'])
    .where('list_date', 'is not', null)
    .orderBy('list_date', 'desc')
    .orderBy('upvotes', 'desc')
    .limit(MOST)
    .execute();
}

/** Words hold letters and digits alone, so nothing of FTS5's syntax is left in them. */
async function withTitle(store: Store, words: readonly string[]) {
  const match = `title : (${words.map((word) => `"${word}"`).join(' AND ')} *)`;
  const { rows } = await sql<{ id: string; title: string }>`
    SELECT papers.id, papers.title
    FROM papers_text JOIN papers ON papers.key = papers_text.rowid
    WHERE papers_text MATCH ${match}
    ORDER BY papers.list_date DESC, papers.id
    LIMIT ${MOST}
  `.execute(store);
  return rows;
}

async function countTopics(store: Store, since: Date): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    SELECT lower(keyword.value) AS word
    FROM papers, json_each(papers.keywords) AS keyword
    WHERE papers.list_date >= ${since.toISOString().slice(0, 'YYYY-MM-DD'.length)}
    GROUP BY word HAVING count(*) >= ${LEAST_PAPERS}
    ORDER BY count(*) DESC, word
  `.execute(store);
  return rows.map(({ word }) => word);
}
