import type { Clock } from '../clock.ts';
import type { SearchOptions } from '../commands/command.ts';
import type { Log } from '../log.ts';
import { toAskedId, type Paper } from '../paper.ts';
import { parseQuery, toPlainQuery } from '../query.ts';
import type { PaperFinder, PaperSource } from '../sources/source.ts';
import type { Store } from '../store/open.ts';
import type { Vectors } from '../vectors/index.ts';
import { ask, type Question, type SourceAnswer } from './ask.ts';
import { searchArchive, type ArchiveFinds } from './archive.ts';
import { startDeadline, type Deadline } from './deadline.ts';

export interface GatherSettings {
  readonly store: Store;
  /** For search by meaning; by words alone without them. */
  readonly vectors?: Vectors;
  readonly sources: readonly PaperSource[];
  /** Searched only when the archive has found little, be they sources or not; none if absent. */
  readonly beyond?: readonly PaperFinder[] | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** How long the sources may take; 2,500 unless told otherwise. */
  readonly timeoutMs?: number;
}

interface GatherOptions extends SearchOptions {
  /** Papers that won't show, so that as many others are wanted. */
  readonly isMuted: (paper: Paper) => boolean;
}

/** What every place found, before anything is merged. */
export interface Gathered {
  readonly archive: ArchiveFinds;
  readonly answers: readonly SourceAnswer[];
}

/** A reader waits for the answer, and Discord gives 3 s for its first sign. */
const TIMEOUT_MS = 2500;

/** Every place is asked for at least this many, so that their agreement can be seen. */
const POOL = 20;

/** With a first day most of a source's finds may be too old, and no source can filter by day. */
const DATED_POOL = 100;

/** Of so many finds the last have little to do with the topic. */
const FARTHEST = 1000;

/**
 * Where fewer papers of the archive hold every word, more are looked for further away: neighbours in
 * meaning are found for any topic, be the archive about it or not.
 */
const LITTLE = 10;

/**
 * Asks the archive and every source at once, and where the archive has found little also those
 * beyond. For an arXiv id or link the archive is enough where it knows the paper; otherwise every
 * place that can find a paper is asked for it. All in the same time.
 */
export async function gather(
  settings: GatherSettings,
  query: string,
  options: GatherOptions,
): Promise<Gathered> {
  if (parseQuery(query).length === 0)
    return { archive: { papers: [], inWords: new Set(), whole: 0 }, answers: [] };
  const deadline = startDeadline(settings.timeoutMs ?? TIMEOUT_MS);
  try {
    const id = toAskedId(query);
    return await (id === undefined
      ? gatherTopic(settings, query, options, deadline)
      : gatherPaper(settings, id, query, options, deadline));
  } finally {
    deadline.clear();
  }
}

async function gatherTopic(
  settings: GatherSettings,
  query: string,
  options: GatherOptions,
  deadline: Deadline,
): Promise<Gathered> {
  const { limit, since } = options;
  const pool = Math.max(limit, since === undefined ? POOL : DATED_POOL);
  const { near, far } = placesOf(settings);
  const asking = searching(settings, query, pool);
  // The sources first: the archive's search takes its time.
  const asked = askAll(settings, near, asking, deadline);
  const archive = await searchOpen(settings, query, options, pool);
  const further = archive.whole < LITTLE ? far : [];
  const later = askAll(settings, further, asking, deadline);
  return { archive, answers: [...(await asked), ...(await later)] };
}

/** As many of the archive's finds as leave enough of them open, or all there are. */
async function searchOpen(
  settings: GatherSettings,
  query: string,
  { limit, since, isMuted }: GatherOptions,
  pool: number,
): Promise<ArchiveFinds> {
  for (let most = pool; ; most *= 4) {
    const found = await searchArchive(settings, query, { limit: most, since });
    const open = found.papers.filter((paper) => !isMuted(paper));
    if (open.length >= limit || found.papers.length < most || most >= FARTHEST) return found;
  }
}

async function gatherPaper(
  settings: GatherSettings,
  id: string,
  query: string,
  { limit, since }: SearchOptions,
  deadline: Deadline,
): Promise<Gathered> {
  const archive = await searchArchive(settings, query, { limit, since });
  if (archive.papers.length > 0) return { archive, answers: [] };
  const { near, far } = placesOf(settings);
  return { archive, answers: await askAll(settings, [...near, ...far], finding(id), deadline) };
}

function placesOf({ sources, beyond = [] }: GatherSettings) {
  return { near: sources.filter((source) => !beyond.includes(source)), far: beyond };
}

/** The question for one place, or undefined where it can't answer such a one. */
type Asking = (place: PaperFinder) => Question | undefined;

function askAll(
  { clock, log }: GatherSettings,
  places: readonly PaperFinder[],
  asking: Asking,
  deadline: Deadline,
): Promise<SourceAnswer[]> {
  const answers = places.flatMap((source) => {
    const question = asking(source);
    return question === undefined ? [] : [ask(source, question, { deadline, clock, log })];
  });
  return Promise.all(answers);
}

function searching({ log }: GatherSettings, query: string, limit: number): Asking {
  const plain = toPlainQuery(query);
  return (source) => {
    if (source.search === undefined || parseQuery(plain).length === 0) return undefined;
    return async (signal) => {
      const fetched = await source.search?.(plain, limit, signal);
      const skipped = fetched?.skipped ?? [];
      if (skipped.length > 0) log.warn({ source: source.id, skipped }, 'bad items in a search');
      return fetched?.papers ?? [];
    };
  };
}

function finding(id: string): Asking {
  return (source) => {
    if (source.find === undefined) return undefined;
    return async (signal) => {
      const paper = await source.find?.(id, signal);
      return paper === undefined ? [] : [paper];
    };
  };
}
