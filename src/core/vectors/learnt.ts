import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MeaningState } from '../status.ts';
import type { Store } from '../store/open.ts';
import { countPapers } from '../store/papers.ts';
import { modelAge, newestKeys, textsOf, type StoredModel } from '../store/vectors.ts';
import { learnAside } from './learn-aside.ts';
import { createLearntRows, type Learning } from './learnt-rows.ts';
import { toStoredModel } from './stored.ts';

/** Vectors learnt from the archive's own words. */
export interface LearntVectors {
  /**
   * Where vectors stand now, new papers folded in; undefined until something was learnt. Rejects
   * with `StoreError`.
   */
  current(): Promise<Learning | undefined>;
  /**
   * Learns anew in a worker where that is due: at first, when half as many papers have come again,
   * and after a month. One at a time. Rejects with `StoreError`, or when the worker fails.
   */
  tend(): Promise<void>;
  state(): Promise<MeaningState>;
  /** Stops learning, and resolves when nothing touches the store any more. */
  stop(): Promise<void>;
}

/** Fewer papers than this teach nothing worth having. */
const LEAST_PAPERS = 200;

/** The newest papers are learnt from; more take longer than a minute and tell no more. */
const MOST_PAPERS = 12_000;

const GROWN = 1.5;
const OLD_MS = 30 * 86_400_000;

/** Texts handed over in one turn of the event loop: some 5 ms. */
const PIECE = 500;

export interface LearntOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** Vectors of one archive. Nothing is read before they are asked for. */
export function createLearntVectors(options: LearntOptions): LearntVectors {
  const { store } = options;
  const rows = createLearntRows(store);
  let learning: Promise<void> | undefined;
  const stopping = new AbortController();
  const learnAnew = async (): Promise<void> => {
    const model = await learnOnce(options, stopping.signal);
    if (model !== undefined) await rows.replace(model);
  };
  return {
    current: () => rows.current(),
    tend: () =>
      (learning ??= learnAnew().finally(() => {
        learning = undefined;
      })),
    state: () => stateOf(store),
    async stop() {
      stopping.abort();
      // What goes wrong is told to whoever waits for the work itself.
      await Promise.allSettled([learning]);
      await rows.settled();
    },
  };
}

async function stateOf(store: Store): Promise<MeaningState> {
  const model = await modelAge(store);
  if (model !== undefined) {
    const papers = Math.min(model.papers, MOST_PAPERS).toLocaleString('en-GB');
    const detail = `Vectors were learnt from ${papers} papers of the archive.`;
    return { ok: true, detail };
  }
  const enough = (await countPapers(store)) >= LEAST_PAPERS;
  const detail = enough
    ? 'Search goes by words alone until vectors are learnt, within minutes of the start.'
    : `Search goes by words alone until the archive holds ${LEAST_PAPERS} papers to learn from.`;
  return { ok: true, detail };
}

/** What was learnt; undefined where it isn't due, or was stopped. */
async function learnOnce(
  { store, clock, log }: LearntOptions,
  signal: AbortSignal,
): Promise<StoredModel | undefined> {
  const papers = await countPapers(store);
  if (!isDue(papers, await modelAge(store), clock())) return undefined;
  const keys = await newestKeys(store, MOST_PAPERS);
  log.info({ papers: keys.length }, 'vectors are being learnt');
  const learnt = await learnAside(textsByPieces(store, keys), signal).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (learnt === undefined) return undefined;
  log.info({ words: learnt.scales.length }, 'vectors were learnt');
  return toStoredModel(learnt, papers, clock().toISOString());
}

async function* textsByPieces(store: Store, keys: readonly number[]) {
  for (let start = 0; start < keys.length; start += PIECE) {
    yield await textsOf(store, keys.slice(start, start + PIECE));
    await setImmediate();
  }
}

function isDue(
  papers: number,
  last: { learntAt: string; papers: number } | undefined,
  now: Date,
): boolean {
  if (papers < LEAST_PAPERS) return false;
  if (last === undefined) return true;
  return papers > last.papers * GROWN || now.getTime() - new Date(last.learntAt).getTime() > OLD_MS;
}
