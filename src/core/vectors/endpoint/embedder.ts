import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Http } from '../../http.ts';

/** An OpenAI-compatible endpoint for vectors, as it is configured. */
export interface EmbedderSettings {
  /** Base address, without a closing slash: what stands before `/embeddings`. */
  readonly url: string;
  readonly model: string;
  /** How many numbers are asked for; as many as the model has unless given. */
  readonly dimensions?: number | undefined;
  /** Sent as a bearer token. Never logged. */
  readonly key?: string;
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  readonly attempts?: number;
}

/** Asks the endpoint. */
export interface Embedder {
  /** What its vectors are of: with another name all are made anew. Holds no secret. */
  readonly id: string;
  /** For people: `text-embedding-3-small at api.openai.com`. */
  readonly name: string;
  /**
   * Where each text points, in their order; undefined where the endpoint won't have one of them
   * (400, 413, 422). Rejects with `SourceError`.
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[] | undefined>;
}

/** What the endpoint says of texts that it won't have. */
const UNWANTED = [400, 413, 422];

// https://platform.openai.com/docs/api-reference/embeddings/object
const Reply = z.object({
  data: z.array(
    z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1).max(8192) }),
  ),
});

export function createEmbedder(settings: EmbedderSettings, http: Http): Embedder {
  const { url, model, dimensions, key } = settings;
  const address = new URL(`${url}/embeddings`);
  const place = `${address.host}${address.pathname}`;
  const asked = { model, ...(dimensions !== undefined && { dimensions }) };
  const headers = { ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  return {
    id: JSON.stringify([url, model, dimensions]),
    name: `${model} at ${address.host}`,
    async embed(texts, options = {}) {
      const reply = await http.post(
        address,
        { ...asked, input: texts },
        { ...options, headers, accept: 'application/json', alsoStatuses: UNWANTED },
      );
      if (UNWANTED.includes(reply.status)) return undefined;
      return toVectors(reply.body, texts.length, place);
    },
  };
}

function toVectors(body: string, count: number, place: string): Float32Array[] {
  const unreadable = (what: string) => new SourceError('unreadable', `${place} ${what}`);
  const parsed = Reply.safeParse(parseJson(body));
  if (!parsed.success) throw unreadable('answered what is no list of vectors');
  const vectors = new Map(parsed.data.data.map((each) => [each.index, each.embedding]));
  const inOrder = Array.from({ length: count }, (_, at) => vectors.get(at) ?? []);
  const sizes = new Set(inOrder.map(({ length }) => length));
  if (sizes.size !== 1 || sizes.has(0))
    throw unreadable('gave not every text a vector of one size');
  return inOrder.map((vector) => Float32Array.from(vector));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
