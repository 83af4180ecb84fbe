import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { importCorpus } from '../../src/core/archive/index.ts';
import type { Log } from '../../src/core/log.ts';
import type { Paper } from '../../src/core/paper.ts';
import { openStore, type Store } from '../../src/core/store/open.ts';
import { toPaper } from '../../src/core/store/papers.ts';
import { createVectors, type Meaning, type Vectors } from '../../src/core/vectors/index.ts';

/** An archive as `paperboy import` fills it. */
interface Imported {
  readonly store: Store;
  /** All papers, by list date, then by id. */
  readonly papers: readonly Paper[];
  /** The row of each paper in the database, by id. */
  readonly keys: ReadonlyMap<string, number>;
}

/** The same with its vectors learnt as the bot learns them. */
export interface Filled extends Omit<Imported, 'keys'> {
  readonly vectors: Vectors;
  readonly meaning: Meaning;
  /** The row of each paper's vector, by id. */
  readonly rowOf: ReadonlyMap<string, number>;
  /** How long learning and folding in took, in seconds of wall time. */
  readonly learntInS: number;
}

const SILENT: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Imports the corpus of a data folder and learns nothing from it. */
export async function importArchive(data: string, folder: string): Promise<Imported> {
  const store = openStore(join(folder, 'quality.db'));
  await importCorpus(store, join(data, 'corpus.jsonl.gz'), { now: new Date().toISOString() });
  const rows = await store
    .selectFrom('papers')
    .selectAll()
    .orderBy('list_date')
    .orderBy('id')
    .execute();
  return {
    store,
    papers: rows.map(toPaper),
    keys: new Map(rows.map(({ id, key }) => [id, key])),
  };
}

export async function fillArchive(data: string, folder: string): Promise<Filled> {
  const { store, papers, keys } = await importArchive(data, folder);
  const clock = () => new Date();
  const vectors = createVectors({ store, clock, log: SILENT });
  const began = performance.now();
  await vectors.tend();
  const meaning = await vectors.meaning();
  if (meaning === undefined) throw new Error('Too few papers to learn vectors from.');
  const learntInS = (performance.now() - began) / 1000;
  const rowOf = new Map([...keys].map(([id, key]) => [id, meaning.rows.rowOf(key) ?? -1]));
  return { store, vectors, meaning, papers, rowOf, learntInS };
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
