import { createRandom } from '../../src/core/vectors/random.ts';
import { readJson } from './archive.ts';
import { orderBy, recall } from './measures.ts';
import { expectedScores, readVotes, type ReadPaper, type Voted } from './readings.ts';
import { report, type Quality } from './report.ts';

interface Week {
  readonly end: string;
  readonly picks: readonly string[];
}

/** A paper as it stood at the week's end; without a reading where nobody had read its votes yet. */
type Standing = ReadPaper & { readonly voted: Voted | undefined };
type Ranker = (standing: readonly Standing[]) => readonly number[];

const DAYS = 14;
const DAY_MS = 86_400_000;
const SHOWN = 20;

/** An editor's picks of each week, as docs/ranking.md has it. */
export async function benchPicks(data: string, folder: string): Promise<Quality> {
  const weeks = readJson(data, 'editor-picks.json') as Week[];
  const papers = await readVotes(data, folder);
  const random = createRandom(9);
  const rankers: Readonly<Record<string, Ranker>> = {
    ours: expectedOf,
    'votes at the end': (all) => all.map(({ voted }) => voted?.reading.upvotes ?? 0),
    'first votes seen': (all) => all.map(({ readings }) => readings[0]?.upvotes ?? 0),
    'largest votes ever (looks ahead)': (all) => all.map(({ paper }) => paper.upvotes ?? 0),
    random: (all) => all.map(() => random()),
  };
  const found = Object.entries(rankers).map(([name, ranker]) => {
    const recall20 = weeks.flatMap((week) => scoreWeek(week, papers, ranker) ?? []);
    return [name, { recall20 }] as const;
  });
  return report('picks', data, weeks.length, Object.fromEntries(found));
}

function scoreWeek(
  { end, picks }: Week,
  papers: readonly ReadPaper[],
  ranker: Ranker,
): number | undefined {
  const first = new Date(Date.parse(`${end}T00:00:00Z`) - (DAYS - 1) * DAY_MS)
    .toISOString()
    .slice(0, 'YYYY-MM-DD'.length);
  const over = new Date(Date.parse(`${end}T00:00:00Z`) + DAY_MS).toISOString();
  const standing = papers
    .filter(({ paper: { listDate = '' } }) => listDate >= first && listDate <= end)
    .map((each) => {
      const reading = each.readings.findLast(({ at }) => at < over);
      return { ...each, voted: reading && { paper: each.paper, reading } };
    });
  const wanted = new Set(picks);
  const taken = orderBy(ranker(standing)).map((at) => wanted.has(standing[at]!.paper.id));
  const relevant = taken.filter(Boolean).length;
  return relevant === 0 ? undefined : recall(taken, relevant, SHOWN);
}

function expectedOf(standing: readonly Standing[]): number[] {
  const voted = standing.flatMap((each) => each.voted ?? []);
  const scores = new Map(
    expectedScores(voted).map((score, at) => [voted[at]!.paper.id, score] as const),
  );
  return standing.map(({ paper }) => scores.get(paper.id) ?? 0);
}
