import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MeaningState } from '../status.ts';
import type { Store } from '../store/open.ts';
import { countPapers } from '../store/papers.ts';
import {
  dueTexts,
  findModel,
  modelAge,
  newestKeys,
  saveModel,
  saveVectors,
  textsOf,
} from '../store/vectors.ts';
import { learnAside } from './learn-aside.ts';
import { eachVector } from './read.ts';
import { toSpace, toStoredModel } from './stored.ts';
import { createRows, type GrowingRows, type Rows } from './scan.ts';
import { pack } from './pack.ts';
import type { Space } from './space.ts';

/** What was learnt, with a row for every paper. */
export interface Learning {
  readonly space: Space;
  readonly rows: Rows;
}

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

/** Papers whose vectors are made, or texts handed over, in one turn of the event loop: some 5 ms. */
const BATCH = 40;
const PIECE = 500;

export interface LearntOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

type Held = Learning & { readonly rows: GrowingRows };

/** Vectors of one archive. Nothing is read before they are asked for. */
export function createLearntVectors(options: LearntOptions): LearntVectors {
  const { store } = options;
  let held: Promise<Held | undefined> | undefined;
  let folding: Promise<void> = Promise.resolve();
  let learning: Promise<void> | undefined;
  const stopping = new AbortController();
  const current = async (): Promise<Learning | undefined> => {
    const loading = (held ??= load(store));
    const found = await loading.catch((error: unknown) => {
      held = undefined;
      throw error;
    });
    if (found === undefined) {
      held = undefined;
      return undefined;
    }
    // One after the other, so that no paper is made twice.
    folding = folding.catch(() => undefined).then(() => foldIn(store, found));
    await folding;
    return found;
  };
  const learnAnew = async (): Promise<void> => {
    if (!(await learnOnce(options, stopping.signal))) return;
    held = undefined;
    await current();
  };
  return {
    current,
    tend: () =>
      (learning ??= learnAnew().finally(() => {
        learning = undefined;
      })),
    state: () => stateOf(store),
    async stop() {
      stopping.abort();
      // What goes wrong is told to whoever waits for the work itself.
      await Promise.allSettled([learning, folding]);
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

/** Whether anything was learnt. */
async function learnOnce(
  { store, clock, log }: LearntOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const papers = await countPapers(store);
  if (!isDue(papers, await modelAge(store), clock())) return false;
  const keys = await newestKeys(store, MOST_PAPERS);
  log.info({ papers: keys.length }, 'vectors are being learnt');
  const learnt = await learnAside(textsByPieces(store, keys), signal).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (learnt === undefined) return false;
  await saveModel(store, toStoredModel(learnt, papers, clock().toISOString()));
  log.info({ words: learnt.scales.length }, 'vectors were learnt');
  return true;
}

async function* textsByPieces(store: Store, keys: readonly number[]) {
  for (let start = 0; start < keys.length; start += PIECE) {
    yield await textsOf(store, keys.slice(start, start + PIECE));
    await setImmediate();
  }
}

async function load(store: Store): Promise<Held | undefined> {
  const model = await findModel(store);
  if (model === undefined) return undefined;
  const space = toSpace(model);
  const rows = createRows(space.size);
  await eachVector(store, 'archive', ({ key, vector }) => {
    rows.put(key, vector);
  });
  return { space, rows };
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

/** Makes the vectors that are due. */
async function foldIn(store: Store, { space, rows }: Held): Promise<void> {
  for (;;) {
    const texts = await dueTexts(store, 'archive', BATCH);
    if (texts.length === 0) return;
    const vectors = texts.map((text) => ({
      key: text.key,
      vector: pack(space.ofPaper(text), space.size).bytes,
    }));
    await saveVectors(store, 'archive', vectors);
    for (const { key, vector } of vectors) rows.put(key, vector);
    await setImmediate();
  }
}
