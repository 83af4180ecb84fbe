import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { importCorpus } from '../../src/core/archive/index.ts';
import type { Log } from '../../src/core/log.ts';
import type { Paper } from '../../src/core/paper.ts';
import { openStore, type Store } from '../../src/core/store/open.ts';
import { createVectors, type Meaning, type Vectors } from '../../src/core/vectors/index.ts';

/** An archive as `paperboy import` fills it, with its vectors learnt as the bot learns them. */
export interface Filled {
  readonly store: Store;
  readonly vectors: Vectors;
  readonly meaning: Meaning;
  /** All papers, by list date, then by id. */
  readonly papers: readonly Paper[];
  /** The row of each paper's vector, by id. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** How long learning and folding in took, in seconds of wall time. */
  readonly learntInS: number;
}

const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

export async function fillArchive(data: string, folder: string): Promise<Filled> {
  const store = openStore(join(folder, 'quality.db'));
  const clock = () => new Date();
  await importCorpus(store, join(data, 'corpus.jsonl.gz'), { now: clock().toISOString() });
  const vectors = createVectors({ store, clock, log: SILENT });
  const began = performance.now();
  await vectors.tend();
  const meaning = await vectors.meaning();
  if (meaning === undefined) throw new Error('Too few papers to learn vectors from.');
  const learntInS = (performance.now() - began) / 1000;
  return { store, vectors, meaning, ...(await readPapers(store, meaning)), learntInS };
}

async function readPapers(store: Store, { rows }: Meaning) {
  const { toPaper } = await import('../../src/core/store/papers.ts');
  const found = await store
    .selectFrom('papers')
    .selectAll()
    .orderBy('list_date')
    .orderBy('id')
    .execute();
  const rowOf = new Map(found.map(({ id, key }) => [id, rows.rowOf(key) ?? -1]));
  return { papers: found.map(toPaper), rowOf };
}

/** A JSON file of the data folder. */
export function readJson(data: string, name: string): unknown {
  const path = join(data, name);
  if (!existsSync(path)) throw new Error(`There is no ${path}. Give the data folder with --data.`);
  return JSON.parse(readFileSync(path, 'utf8')) as unknown;
}

/** A gzipped file of the data folder with one JSON value a line. */
export function readLines(data: string, name: string): unknown[] {
  const lines = gunzipSync(readFileSync(join(data, name)))
    .toString()
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as unknown);
}

function ignore(): void {
  // A benchmark says only what it found.
}
