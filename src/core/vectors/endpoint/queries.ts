import { SourceError } from '../../errors.ts';
import { toText } from './due.ts';
import type { Embedder } from './embedder.ts';
import type { Text } from '../meaning.ts';

/** A reader waits for the answer; a good endpoint needs 50 to 300 ms. */
const PATIENCE_MS = 1000;

/** Topics of digests are asked for every day, and the same queries again and again. */
const MOST_KEPT = 500;

/** Vectors of texts, in their order; undefined for an empty one. */
export type Queries = (texts: readonly Text[]) => Promise<(Float32Array | undefined)[]>;

/**
 * Asks for queries' vectors within a second, all at once, and remembers the newest. Rejects with
 * `SourceError`, also where the endpoint won't have one of the texts, or `check` throws it.
 */
export function createQueries(
  embedder: Embedder,
  check: (vectors: readonly Float32Array[]) => Promise<void>,
): Queries {
  const known = new Map<string, Float32Array>();
  return async (asked) => {
    const texts = asked.map((text) => (typeof text === 'string' ? text.trim() : toText(text)));
    const missing = [...new Set(texts)].filter((text) => text !== '' && !known.has(text));
    const found = await ask(embedder, missing);
    await check(found);
    for (const [at, vector] of found.entries()) known.set(missing[at] ?? '', vector);
    const vectors = texts.map((text) => known.get(text));
    for (const text of [...known.keys()].slice(0, -MOST_KEPT)) known.delete(text);
    return vectors;
  };
}

async function ask(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> {
  if (texts.length === 0) return [];
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const found = await embedder.embed(texts, { signal, attempts: 1 });
  if (found === undefined) throw new SourceError('refused', `${embedder.name} refused a query`);
  return found;
}
