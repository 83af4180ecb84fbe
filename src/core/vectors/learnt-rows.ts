import { setImmediate } from 'node:timers/promises';
import type { Store } from '../store/open.ts';
import { dueTexts, findModel, saveModel, saveVectors, type StoredModel } from '../store/vectors.ts';
import { pack } from './pack.ts';
import { eachVector } from './read.ts';
import { createRows, type GrowingRows, type Rows } from './scan.ts';
import type { Space } from './space.ts';
import { toSpace } from './stored.ts';

/** What was learnt, with a row for every paper. */
export interface Learning {
  readonly space: Space;
  readonly rows: Rows;
}

/** What was learnt, in memory. Its methods reject with `StoreError`. */
export interface LearntRows {
  /** New papers folded in; undefined until something was learnt. */
  current(): Promise<Learning | undefined>;
  /** Keeps what was learnt anew, which serves once it has a row for every paper. */
  replace(model: StoredModel): Promise<void>;
  /** Resolves when no paper is being folded in. */
  settled(): Promise<void>;
}

/** Papers whose vectors are made in one turn of the event loop: some 5 ms. */
const BATCH = 20;

type Held = Learning & { readonly rows: GrowingRows };

/** Nothing is read before it is asked for. */
export function createLearntRows(store: Store): LearntRows {
  let held: Promise<Held | undefined> | undefined;
  let folding: Promise<void> = Promise.resolve();
  let isReplacing = false;
  const settled = async (): Promise<void> => {
    // What goes wrong is told to whoever waits for the work itself.
    await Promise.allSettled([folding]);
  };
  return {
    settled,
    async current() {
      const loading = (held ??= load(store));
      const found = await loading.catch(() => undefined);
      if (found === undefined) {
        held = undefined;
        return loading;
      }
      // What is due belongs to what is being learnt anew.
      if (isReplacing) return found;
      // One after the other, so that no paper is made twice.
      folding = folding.catch(() => undefined).then(() => foldIn(store, found));
      await folding;
      return found;
    },
    async replace(model) {
      isReplacing = true;
      try {
        await settled();
        await saveModel(store, model);
        const fresh = await load(store);
        if (fresh !== undefined) await foldIn(store, fresh);
        held = Promise.resolve(fresh);
      } finally {
        isReplacing = false;
      }
    },
  };
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
