import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { reply, startServer, type TestServer } from './faults.ts';

/** What an OpenAI-compatible endpoint was asked, and what it shall do. */
export interface EmbeddingServer extends TestServer {
  /** The texts of each answered request. */
  readonly asked: readonly (readonly string[])[];
  /** Numbers in each vector from now on. */
  size: number;
  /** Texts that it answers 400 to, alone or among others. */
  readonly unwanted: Set<string>;
  /** Only this key is let in; anybody while there is none. */
  key: string | undefined;
}

interface Body {
  readonly model?: string;
  readonly input?: readonly string[];
}

/**
 * Starts an endpoint on 127.0.0.1 (`POST /v1/embeddings`). Texts that share words point the same
 * way, and all of them share a large part, as with real models. Vectors come in any order.
 */
export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  const asked: string[][] = [];
  const wishes = { size: 256, unwanted: new Set<string>(), key: undefined as string | undefined };
  const server = await startServer((request, response) => {
    const refuse = (status: number, message: string) => {
      reply(response, JSON.stringify({ error: { message } }), { status });
    };
    if (request.method !== 'POST' || request.url !== '/v1/embeddings') refuse(404, 'no such place');
    else if (!isLetIn(request, wishes.key)) refuse(401, 'wrong key');
    else {
      void read(request).then((body) => {
        const { input = [], model } = JSON.parse(body) as Body;
        const isBad = input.length === 0 || input.some((text) => wishes.unwanted.has(text));
        if (isBad || model === undefined) {
          refuse(400, 'no such text');
          return;
        }
        asked.push([...input]);
        const data = input.map((text, index) => {
          return { object: 'embedding', index, embedding: vectorOf(text, wishes.size) };
        });
        reply(response, JSON.stringify({ object: 'list', model, data: data.reverse() }));
      });
    }
  });
  return Object.assign(wishes, { ...server, asked });
}

function isLetIn({ headers }: IncomingMessage, key: string | undefined): boolean {
  return key === undefined || headers.authorization === `Bearer ${key}`;
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Each word has a place of its own; the last number is the part that all texts share. */
function vectorOf(text: string, size: number): number[] {
  const vector = Array<number>(size).fill(0);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) {
    const place = createHash('sha256').update(word).digest().readUInt32LE() % (size - 1);
    vector[place] = (vector[place] ?? 0) + 1;
  }
  vector[size - 1] = 2 * words.length;
  return vector;
}
