import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MeaningState } from '../status.ts';
import type { Store } from '../store/open.ts';
import type { Embedder } from './endpoint/embedder.ts';
import { createEndpointVectors } from './endpoint/index.ts';
import { createLearntVectors } from './learnt.ts';
import { NO_WORDS, type Meaning, type Text } from './meaning.ts';

export { createEmbedder, type Embedder, type EmbedderSettings } from './endpoint/embedder.ts';
export type { Meaning, Text, Words } from './meaning.ts';
export type { Rows } from './scan.ts';

/** Vectors of papers and texts, whoever makes them. Its methods reject with `StoreError`. */
export interface Vectors {
  /**
   * Where papers and these texts point: by the endpoint's vectors where they serve, else by those
   * learnt from the archive; undefined before there are any.
   */
  meaning(texts?: readonly Text[]): Promise<Meaning | undefined>;
  /**
   * Learns anew and asks the endpoint where that is due. It takes minutes, so it is not to be waited
   * for. Rejects also when the learning worker fails.
   */
  tend(): Promise<void>;
  /** Which vectors serve, and why no others. */
  state(): Promise<MeaningState>;
  /** The same after the endpoint was asked for a vector. */
  examine(): Promise<MeaningState>;
  /** Stops learning and asking, and resolves when nothing touches the store any more. */
  stop(): Promise<void>;
}

export interface VectorsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The endpoint, where one is configured. */
  readonly embedder?: Embedder | undefined;
}

/** Vectors of one archive. Nothing is read or asked before they are needed. */
export function createVectors({ embedder, ...options }: VectorsOptions): Vectors {
  const learnt = createLearntVectors(options);
  const endpoint = embedder && createEndpointVectors({ ...options, embedder });
  const state = async (): Promise<MeaningState> => {
    const told = await endpoint?.state();
    const own = await learnt.state();
    if (told === undefined) return own;
    const { ok, serves, detail } = told;
    return serves
      ? { ok, detail }
      : { ok: ok && own.ok, detail: `${detail} Meanwhile: ${own.detail}` };
  };
  return {
    state,
    async meaning(texts = []) {
      const { found, note } = (await endpoint?.meaning(texts)) ?? {};
      const own = await learnt.current();
      if (found !== undefined) return { ...found, words: own?.space ?? NO_WORDS };
      if (own === undefined) return undefined;
      const directions = texts.map((text) => own.space.of(text));
      return { rows: own.rows, directions, words: own.space, ...(note !== undefined && { note }) };
    },
    async tend() {
      await Promise.all([learnt.tend(), endpoint?.tend()]);
    },
    async examine() {
      await endpoint?.examine();
      return state();
    },
    async stop() {
      await Promise.all([learnt.stop(), endpoint?.stop()]);
    },
  };
}
