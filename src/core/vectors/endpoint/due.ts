import { SourceError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { findEndpointModel, noteEndpointSize } from '../../store/endpoint-vectors.ts';
import type { Store } from '../../store/open.ts';
import { dueTexts, saveVectors, type KeyedText, type KeyedVector } from '../../store/vectors.ts';
import { pack } from '../pack.ts';
import type { PaperText } from '../vocabulary.ts';
import type { Embedder } from './embedder.ts';
import type { Trouble } from './trouble.ts';

/** Papers in one request: a reply of 32 vectors of 1,536 numbers is 1 MB, read in some 10 ms. */
const BATCH = 32;

/** Of a paper's text, in UTF-16 units: some 1,500 tokens. */
const MOST_TEXT = 6000;

/** Asked for before any paper: where this fails, it is no paper's fault. */
const PROBE = 'Attention is all you need';

export interface AskOptions {
  readonly store: Store;
  readonly log: Log;
  readonly embedder: Embedder;
}

/**
 * Asks for the vectors that are due, batch by batch, and tells of each once it is kept. A failure of
 * the endpoint is noted. Rejects with `StoreError`.
 */
export async function fillDue(
  options: AskOptions,
  trouble: Trouble,
  signal: AbortSignal,
  kept: (vector: KeyedVector) => void,
): Promise<void> {
  const { store } = options;
  const isWell = (await trouble.problem()) === undefined;
  if (!trouble.mayAsk() || (isWell && (await dueTexts(store, 'endpoint', 1)).length === 0)) return;
  try {
    await probe(options, signal);
    for (;;) {
      const texts = await dueTexts(store, 'endpoint', BATCH);
      if (texts.length === 0) break;
      const vectors = await vectorsOf(options, texts, signal);
      await saveVectors(store, 'endpoint', vectors);
      vectors.forEach(kept);
    }
    await trouble.well();
  } catch (error) {
    if (!signal.aborted) await trouble.failed(error);
  }
}

/** Asks for one vector, and notes what comes of it. Rejects with `StoreError`. */
export async function examine(options: AskOptions, trouble: Trouble): Promise<void> {
  await probe(options).then(
    () => trouble.well(),
    (error: unknown) => trouble.failed(error),
  );
}

async function probe(options: AskOptions, signal?: AbortSignal): Promise<void> {
  const { store, embedder } = options;
  const found = await embedder.embed([PROBE], signal && { signal });
  if (found === undefined)
    throw new SourceError('refused', `${embedder.name} refused a plain text`);
  await checkSizes(options, found);
  const model = await findEndpointModel(store);
  const [{ length } = { length: 0 }] = found;
  if (model?.maker === embedder.id && model.size === undefined)
    await noteEndpointSize(store, length);
}

/** Rejects vectors of another size than those that are kept. */
export async function checkSizes(
  { store, embedder }: AskOptions,
  vectors: readonly Float32Array[],
): Promise<void> {
  const model = await findEndpointModel(store);
  if (model?.maker !== embedder.id || model.size === undefined) return;
  const other = vectors.find(({ length }) => length !== model.size);
  if (other === undefined) return;
  throw new SourceError(
    'refused',
    `It gives vectors of ${other.length} numbers, and those kept have ${model.size}. Where its model ` +
      'was changed on purpose, name it anew or set its dimensions, and all papers are asked for again',
  );
}

/** Halves what the endpoint won't have, down to the one paper at fault, which then points nowhere. */
async function vectorsOf(
  options: AskOptions,
  papers: readonly KeyedText[],
  signal: AbortSignal,
): Promise<KeyedVector[]> {
  const found = await options.embedder.embed(papers.map(toText), { signal });
  if (found !== undefined) {
    await checkSizes(options, found);
    return found.map((vector, at) => {
      return { key: papers[at]?.key ?? 0, vector: pack(vector, vector.length).bytes };
    });
  }
  if (papers.length === 1) return refused(options, papers);
  const half = papers.length >> 1;
  const first = await vectorsOf(options, papers.slice(0, half), signal);
  return [...first, ...(await vectorsOf(options, papers.slice(half), signal))];
}

async function refused(
  { store, log, embedder }: AskOptions,
  papers: readonly KeyedText[],
): Promise<KeyedVector[]> {
  const title = papers[0]?.title;
  log.warn({ endpoint: embedder.name, title }, 'the embedding endpoint won’t have a paper');
  const size = (await findEndpointModel(store))?.size ?? 0;
  return papers.map(({ key }) => ({ key, vector: new Int8Array(size) }));
}

/** A paper as the endpoint is asked for it. */
export function toText({ title, abstract }: PaperText): string {
  return `${title}\n\n${abstract}`.slice(0, MOST_TEXT);
}
