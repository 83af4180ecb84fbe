import type { Clock } from '../clock.ts';
import type { SearchOptions } from '../commands/command.ts';
import type { Log } from '../log.ts';
import { toPaperId, type Paper } from '../paper.ts';
import { parseQuery } from '../query.ts';
import type { PaperSource } from '../sources/source.ts';
import type { Store } from '../store/open.ts';
import type { Meaning, Vectors } from '../vectors/index.ts';
import { ask, type Question, type SourceAnswer } from './ask.ts';
import { searchArchive } from './archive.ts';

export interface GatherSettings {
  readonly store: Store;
  /** For search by meaning; by words alone without them. */
  readonly vectors?: Vectors;
  readonly sources: readonly PaperSource[];
  readonly clock: Clock;
  readonly log: Log;
  /** How long the sources may take; 2,500 unless told otherwise. */
  readonly timeoutMs?: number;
}

/** What every place found, before anything is merged. */
export interface Gathered {
  readonly archive: readonly Paper[];
  /** The vectors that the archive's search went by, if any. */
  readonly meaning?: Meaning | undefined;
  readonly answers: readonly SourceAnswer[];
}

/** A reader waits for the answer, and Discord gives 3 s for its first sign. */
const TIMEOUT_MS = 2500;

/** Every place is asked for at least this many, so that their agreement can be seen. */
const POOL = 20;

/** With a first day most of a source's finds may be too old, and no source can filter by day. */
const DATED_POOL = 100;

/**
 * Asks the archive and every source at once. For an arXiv id or link the archive is enough where
 * it knows the paper; otherwise every source that can find a paper is asked for it.
 */
export async function gather(
  settings: GatherSettings,
  query: string,
  { limit, since }: SearchOptions,
): Promise<Gathered> {
  if (parseQuery(query).length === 0) return { archive: [], answers: [] };
  const pool = Math.max(limit, since === undefined ? POOL : DATED_POOL);
  const id = toPaperId(query);
  // The sources first: the archive's search holds up everything else until it is done.
  const asked = id === undefined ? askAll(settings, searching(settings, query, pool)) : undefined;
  const finds = await searchArchive(settings, query, { limit: pool, since });
  const { papers: archive, meaning } = finds;
  if (id === undefined || archive.length > 0) {
    return { archive, meaning, answers: (await asked) ?? [] };
  }
  return { archive, answers: await askAll(settings, finding(id)) };
}

/** The question for one source, or undefined where it can't answer such a one. */
type Asking = (source: PaperSource) => Question | undefined;

function askAll(settings: GatherSettings, asking: Asking): Promise<SourceAnswer[]> {
  const { sources, timeoutMs = TIMEOUT_MS, clock, log } = settings;
  const answers = sources.flatMap((source) => {
    const question = asking(source);
    return question === undefined ? [] : [ask(source, question, { timeoutMs, clock, log })];
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

/** Without what only we understand. */
function toPlainQuery(query: string): string {
  return query.replace(/\b(?:author|org):|["“”„«»]/giu, ' ').trim();
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
