import type { Paper } from '../../src/core/paper.ts';
import { rank, signals } from '../../src/core/ranking/index.ts';
import { closeStore } from '../../src/core/store/open.ts';
import { importArchive, readLines } from './archive.ts';

const HOUR_MS = 3_600_000;

/** One dated vote count. */
export interface Reading {
  readonly upvotes: number;
  readonly at: string;
  /** Since 00:00 UTC of the list's day. */
  readonly ageHours: number;
}

/** A paper with all its readings, oldest first. */
export interface ReadPaper {
  readonly paper: Paper;
  readonly readings: readonly Reading[];
}

/**
 * Every paper of an archive that the data was imported into, with its readings. These come from the
 * data's own file: an import keeps a corpus's one count of a paper alone, as of the ninth day.
 */
export async function readVotes(data: string, folder: string): Promise<ReadPaper[]> {
  const { store, papers } = await importArchive(data, folder);
  await closeStore(store);
  const lines = readLines(data, 'upvotes.jsonl.gz') as ReadLine[];
  const readings = new Map<string, ReadLine[]>();
  for (const line of lines) readings.set(line.id, [...(readings.get(line.id) ?? []), line]);
  return papers.map((paper) => {
    const since = Date.parse(`${paper.listDate}T00:00:00Z`);
    const known = (readings.get(paper.id) ?? [])
      .map(({ upvotes, at }) => ({ upvotes, at, ageHours: (Date.parse(at) - since) / HOUR_MS }))
      .sort((a, b) => a.ageHours - b.ageHours);
    return { paper, readings: known };
  });
}

/** One line of the file of readings. */
interface ReadLine {
  readonly id: string;
  readonly upvotes: number;
  readonly at: string;
}

/** A paper with one reading of its votes. */
export interface Voted {
  readonly paper: Paper;
  readonly reading: Reading;
}

const EXPECTED = Object.fromEntries(signals.map(({ id }) => [id, id === 'expected-votes' ? 1 : 0]));

/** The product's own order by expected votes, as scores. */
export function expectedScores(voted: readonly Voted[]): number[] {
  const candidates = voted.map(({ paper, reading: { upvotes, ageHours } }) => ({
    paper: { ...paper, upvotes },
    ageHours,
  }));
  const { ranked } = rank(
    candidates,
    { topics: [], muted: [], follows: [] },
    { count: candidates.length, weights: EXPECTED },
  );
  const scores = new Map(ranked.map(({ paper, score }) => [paper.id, score]));
  return voted.map(({ paper }) => scores.get(paper.id) ?? 0);
}
