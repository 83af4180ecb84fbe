import { topicsMeaning } from '../../src/core/search/archive.ts';
import { learnLiking } from '../../src/core/ranking/liking.ts';
import { rank, signals } from '../../src/core/ranking/index.ts';
import { createRandom } from '../../src/core/vectors/random.ts';
import { fillArchive, readJson, type Filled } from './archive.ts';
import { auc, mean, ndcg, orderBy, type Samples } from './measures.ts';
import { report, type Quality } from './report.ts';
import { placesBefore, streamDays, type ReadingList, type StreamDay } from './stream-days.ts';
import { trainSvm } from './svm.ts';
import { createBm25, toSparse, type Sparse } from './tf-idf.ts';

/** A score for each candidate; undefined where it can't tell. */
type Ranker = (day: StreamDay) => readonly number[] | Promise<readonly number[]>;

const ENOUGH = 5;
const OTHERS = 500;
const DAY_MS = 86_400_000;
const SVM_OTHERS = 2000;

/** Votes read after the day would give the day away, so personal signals alone are judged. */
const WEIGHTS = Object.fromEntries(
  signals.map(({ id, defaultWeight }) => [id, /votes|code/.test(id) ? 0 : defaultWeight]),
);

/** Personal stream, as docs/ranking.md has it. */
export async function benchStream(data: string, folder: string): Promise<Quality> {
  const lists = readJson(data, 'reading-lists.json') as ReadingList[];
  const filled = await fillArchive(data, folder);
  const days = streamDays(filled.papers, lists);
  const found: Record<string, Samples> = {};
  for (const [name, ranker] of Object.entries(createRankers(filled))) {
    found[name] = await score(days, ranker);
  }
  await filled.store.destroy();
  const count = (from: number, to: number) =>
    days.filter(({ profile }) => profile.length >= from && profile.length <= to).length;
  const note = `${count(ENOUGH, 100)} days with 5 bookmarks or more, ${count(1, 4)} with 1 to 4, ${count(0, 0)} with none.`;
  return report('stream', data, lists.length, found, [note]);
}

function createRankers(filled: Filled): Record<string, Ranker> {
  const { papers } = filled;
  const sparse = toSparse(papers);
  const bm25 = createBm25(sparse);
  const random = createRandom(3);
  return {
    ours: createOurs(filled, (day) => day.profile.length === 0),
    'ours, with the topic too': createOurs(filled, () => true),
    svm: createSvm(filled, sparse),
    'tf-idf centroid': createCentroid(sparse, bm25),
    bm25: ({ topic, candidates }) => {
      const scores = bm25(topic);
      return candidates.map((place) => scores[place]!);
    },
    upvotes: ({ candidates }) => candidates.map((place) => papers[place]!.upvotes ?? 0),
    random: ({ candidates }) => candidates.map(() => random()),
  };
}

/** The product's own ranking, with the bookmarks of the list and, where asked, its title as a topic. */
function createOurs(
  { papers, meaning, rowOf, store, vectors }: Filled,
  withTopic: (day: StreamDay) => boolean,
): Ranker {
  const directions = papers.map(({ id }) => meaning.rows.vectorAt(rowOf.get(id)!));
  return async (day) => {
    const liked = day.profile.map((place) => directions[place]!).reverse();
    const others = sample(placesBefore(papers, day.date), OTHERS, new Set(day.profile));
    const liking = learnLiking({
      liked,
      disliked: [],
      others: others.map((place) => directions[place]!),
    });
    const topic = withTopic(day)
      ? await topicsMeaning({ store, vectors }, [day.topic], { until: dayBefore(day.date) })
      : undefined;
    const profile = {
      topics: withTopic(day) ? [day.topic] : [],
      directions: topic?.directions ?? [],
      muted: [],
      follows: [],
      ...(liking && { taste: { kept: [], liking } }),
    };
    const candidates = day.candidates.map((place) => ({
      paper: papers[place]!,
      ageHours: 8,
      direction: directions[place]!,
    }));
    const { ranked } = rank(candidates, profile, { count: candidates.length, weights: WEIGHTS });
    const scores = new Map(ranked.map(({ paper, score: value }) => [paper.id, value]));
    return day.candidates.map((place) => scores.get(papers[place]!.id) ?? 0);
  };
}

/** The archive of that morning: what came later helps no topic. */
function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

function createSvm({ papers }: Filled, sparse: Sparse): Ranker {
  return ({ date, profile, candidates }) => {
    if (profile.length === 0) return candidates.map(() => 0);
    const others = sample(placesBefore(papers, date), SVM_OTHERS, new Set(profile));
    const rows = (places: readonly number[]) => places.map((place) => sparse.rows[place]!);
    const weights = trainSvm(rows(profile), rows(others), sparse.terms);
    return rows(candidates).map((row) =>
      row.terms.reduce((sum, term, at) => sum + weights[term]! * row.weights[at]!, 0),
    );
  };
}

function createCentroid(sparse: Sparse, bm25: (query: string) => Float64Array): Ranker {
  return ({ topic, profile, candidates }) => {
    if (profile.length === 0) return candidates.map((place) => bm25(topic)[place]!);
    const centroid = new Float64Array(sparse.terms);
    for (const place of profile) {
      const { terms, weights } = sparse.rows[place]!;
      terms.forEach((term, at) => (centroid[term]! += weights[at]!));
    }
    return candidates.map((place) => {
      const { terms, weights } = sparse.rows[place]!;
      return terms.reduce((sum, term, at) => sum + centroid[term]! * weights[at]!, 0);
    });
  };
}

/** As many papers of the days before, spread evenly, without those given. */
function sample(before: number, count: number, without: ReadonlySet<number>): number[] {
  const step = Math.max(1, before / count);
  const places = Array.from({ length: Math.min(before, count) }, (_, at) => Math.floor(at * step));
  return places.filter((place) => !without.has(place));
}

interface Judged {
  readonly day: StreamDay;
  readonly ndcg5: number;
  readonly auc: number;
}

async function score(days: readonly StreamDay[], ranker: Ranker): Promise<Samples> {
  const judged: Judged[] = [];
  for (const day of days) {
    const scores = await ranker(day);
    const order = orderBy(scores).map((at) => day.taken[at]!);
    const relevant = day.taken.filter(Boolean).length;
    judged.push({ day, ndcg5: ndcg(order, relevant, 5), auc: auc(scores, day.taken) });
  }
  const meanOfLists = (from: number, to: number, measure: 'ndcg5' | 'auc') => {
    const lists = new Map<number, number[]>();
    for (const each of judged) {
      const { length } = each.day.profile;
      if (length < from || length > to) continue;
      lists.set(each.day.list, [...(lists.get(each.day.list) ?? []), each[measure]]);
    }
    return [...lists.values()].map(mean);
  };
  return {
    ndcg5: meanOfLists(ENOUGH, Infinity, 'ndcg5'),
    auc: meanOfLists(ENOUGH, Infinity, 'auc'),
    cold1to4: meanOfLists(1, ENOUGH - 1, 'ndcg5'),
    topicOnly: meanOfLists(0, 0, 'ndcg5'),
  };
}
