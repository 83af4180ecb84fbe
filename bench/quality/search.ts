import { searchArchive } from '../../src/core/search/archive.ts';
import { searchText } from '../../src/core/search/full-text.ts';
import { createRandom } from '../../src/core/vectors/random.ts';
import { fillArchive, readJson, type Filled } from './archive.ts';
import { ndcg, orderBy, recall, type Samples } from './measures.ts';
import { report, type Quality } from './report.ts';
import { createBm25, toSparse } from './tf-idf.ts';

interface TopicQuery {
  readonly query: string;
  readonly from: string;
  readonly until: string;
  readonly relevant: readonly string[];
}

/** Ids, best first. */
type Ranker = (query: TopicQuery) => Promise<readonly string[]> | readonly string[];

/** More than a hundred are asked for, since the days are cut once more by the lists' own rule. */
const LIMIT = 400;

/** Topic search, as docs/ranking.md has it. */
export async function benchSearch(data: string, folder: string): Promise<Quality> {
  const queries = readJson(data, 'topic-queries.json') as TopicQuery[];
  const filled = await fillArchive(data, folder);
  const rankers = createRankers(filled);
  const found: Record<string, Samples> = {};
  for (const [name, ranker] of Object.entries(rankers)) {
    found[name] = await score(filled, queries, ranker);
  }
  await filled.store.destroy();
  const learnt = `Vectors of ${filled.papers.length} papers were ready in ${filled.learntInS.toFixed(0)} s.`;
  return report('search', data, queries.length, found, [learnt]);
}

function createRankers(filled: Filled): Record<string, Ranker> {
  const { papers, store, vectors, rowOf } = filled;
  const bm25 = createBm25(toSparse(papers));
  const random = createRandom(7);
  const best = (scores: ArrayLike<number>) =>
    orderBy(Array.from(scores))
      .filter((at) => scores[at]! > 0)
      .map((at) => papers[at]!.id);
  const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
  const days = ({ from, until }: TopicQuery) => ({ since: from, until, limit: LIMIT });
  return {
    ours: async (query) =>
      ids((await searchArchive({ store, vectors }, query.query, days(query))).papers),
    bm25: ({ query }) => best(bm25(query)),
    'our full text alone': async (query) => ids(await searchText(store, query.query, days(query))),
    'our vectors alone': async ({ query }) => {
      const { rows, directions } = (await vectors.meaning([query]))!;
      const [direction] = directions;
      if (direction === undefined) return [];
      const cosines = rows.compare(direction);
      return best(papers.map(({ id }) => 2 + (cosines[rowOf.get(id)!] ?? -1)));
    },
    upvotes: () => best(papers.map(({ upvotes = 0 }) => upvotes + 1)),
    random: () => best(papers.map(() => random() + 1e-9)),
  };
}

async function score(
  { papers }: Filled,
  queries: readonly TopicQuery[],
  ranker: Ranker,
): Promise<Samples> {
  const dates = new Map(papers.map(({ id, listDate }) => [id, listDate ?? '']));
  const ndcg10: number[] = [];
  const recall100: number[] = [];
  for (const query of queries) {
    const isJudged = (id: string) => {
      const date = dates.get(id) ?? '';
      return date >= query.from && date <= query.until;
    };
    const relevant = new Set(query.relevant.filter((id) => dates.has(id)));
    const order = (await ranker(query)).filter(isJudged).map((id) => relevant.has(id));
    ndcg10.push(ndcg(order, relevant.size, 10));
    recall100.push(recall(order, relevant.size, 100));
  }
  return { ndcg10, recall100 };
}
