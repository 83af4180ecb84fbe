import { createRandom } from '../../src/core/vectors/random.ts';
import { orderBy, spearman } from './measures.ts';
import { expectedScores, readVotes, type ReadPaper, type Voted } from './readings.ts';
import { report, type Quality } from './report.ts';

/** A paper of one day: what was known, and how many votes it had in the end. */
interface Judged extends Voted {
  readonly final: number;
}

type Ranker = (day: readonly Voted[]) => readonly number[];

const WINDOWS = { early: [6, 12], late: [20, 30] } as const;
const SETTLED_HOURS = 96;
const LEAST_PAPERS = 8;
const TOP = 5;
const HOUR_MS = 3_600_000;

/** Late votes, as docs/ranking.md has it. */
export async function benchVotes(data: string, folder: string): Promise<Quality> {
  const papers = await readVotes(data, folder);
  const random = createRandom(5);
  const rankers: Readonly<Record<string, Ranker>> = {
    ours: expectedScores,
    'raw upvotes': (day) => day.map(({ reading }) => reading.upvotes),
    'hacker news': (day) => day.map(hackerNews),
    random: (day) => day.map(() => random()),
  };
  const days = Object.entries(WINDOWS).map(([name, window]) => ({
    name,
    days: daysOf(papers, window),
  }));
  const found = Object.entries(rankers).map(([ranker, rate]) => {
    const measures = days.flatMap(({ name, days: judged }) => {
      const scores = judged.map((day) => ({ day, rated: rate(day) }));
      return [
        [`${name}.spearman`, scores.map(({ day, rated }) => spearman(rated, finalsOf(day)))],
        [`${name}.top5`, scores.map(({ day, rated }) => topFound(rated, finalsOf(day)))],
      ] as const;
    });
    return [ranker, Object.fromEntries(measures)] as const;
  });
  const n = days.reduce((sum, each) => sum + each.days.length, 0);
  return report('votes', data, n, Object.fromEntries(found));
}

function daysOf(papers: readonly ReadPaper[], [from, to]: readonly [number, number]): Judged[][] {
  const days = new Map<string, Judged[]>();
  for (const { paper, readings } of papers) {
    const reading = readings.findLast(({ ageHours }) => ageHours >= from && ageHours <= to);
    const last = readings.at(-1);
    if (reading === undefined || last === undefined || last.ageHours < SETTLED_HOURS) continue;
    const day = paper.listDate ?? '';
    days.set(day, [...(days.get(day) ?? []), { paper, reading, final: last.upvotes }]);
  }
  // A day whose papers all ended alike has no order to find.
  return [...days.values()].filter(
    (day) => day.length >= LEAST_PAPERS && new Set(finalsOf(day)).size > 1,
  );
}

function finalsOf(day: readonly Judged[]): number[] {
  return day.map(({ final }) => final);
}

function topFound(scores: readonly number[], finals: readonly number[]): number {
  const top = new Set(orderBy(finals).slice(0, TOP));
  return orderBy(scores)
    .slice(0, TOP)
    .filter((at) => top.has(at)).length;
}

/** Votes less one over age to the power of 1.8, counted from arXiv's date. */
function hackerNews({ paper, reading }: Voted): number {
  const published = Date.parse(paper.publishedAt ?? `${paper.listDate ?? ''}T00:00:00Z`);
  const age = Math.max(0, (Date.parse(reading.at) - published) / HOUR_MS);
  return Math.max(0, reading.upvotes - 1) / (age + 2) ** 1.8;
}
