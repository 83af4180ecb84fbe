import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { parseCorpusLine } from '../src/core/archive/corpus.ts';
import type { Paper } from '../src/core/paper.ts';
import { searchArchive } from '../src/core/search/archive.ts';
import { matchText } from '../src/core/search/full-text.ts';
import { toMatchExpressions } from '../src/core/search/match.ts';
import { dotBytes } from '../src/core/dense.ts';
import { asideOf, closeStore, openStore, type Store } from '../src/core/store/open.ts';
import { savePapers } from '../src/core/store/papers.ts';
import { createVectors, type Rows, type Vectors } from '../src/core/vectors/index.ts';
import { pack } from '../src/core/vectors/pack.ts';
import { findCorpus } from './corpus.ts';
import { median, percentile, type Figure, type Findings } from './figures.ts';
import { watchTurns, type Turns } from './turns.ts';

const NOW = '2026-04-01T00:00:00.000Z';
const LARGE = 100_000;
/** Enough that one hiccup of the machine among 300 searches is not the 99th percentile. */
const ROUNDS = 15;
const LIMIT = 20;

/** What people ask, from one word to a sentence, with common words and rare ones. */
const QUERIES = [
  ...['agents', 'video generation', 'speculative decoding', 'LLM quantization', 'RAG', 'GRPO'],
  ...['large language models', 'vision-language-action models', 'multimodal chain of thought'],
  ...['3D gaussian splatting', 'KV cache compression', 'how do agents remember what they did'],
  ...['text-to-SQL', 'mixture of experts routing', 'benchmark for code generation', 'LoRA'],
  ...['author:"Yang Liu" reasoning', '"reward model" -survey', 'self-evolving agents', 'OCR'],
];

/** `/papers topic` over the archive, in-process and warm, and what learning does to other work. */
export async function benchLatency(data: string, folder: string): Promise<Findings> {
  const corpus = findCorpus(data, folder);
  const lines = gunzipSync(readFileSync(corpus.path)).toString().trimEnd().split('\n');
  const papers = lines.map((line) => parseCorpusLine(line));
  const store = openStore(join(folder, 'latency.db'));
  const aside = asideOf(store);
  const vectors = createVectors({ store: aside, clock: () => new Date(NOW), log: SILENT });
  await keep(store, papers);
  const used = process.cpuUsage();
  const learning = await watchTurns(() => vectors.tend());
  const { user, system } = process.cpuUsage(used);
  await keep(store, newDay(papers));
  const day = await watchTurns(async () => {
    await vectors.meaning();
  });
  const small = await measure(store, vectors);
  await keep(store, repeated(papers, LARGE));
  const folding = await watchTurns(async () => {
    await vectors.meaning();
  });
  const large = await measure(store, vectors);
  const bytes = await heldBy(async () => {
    const again = createVectors({ store: aside, clock: () => new Date(NOW), log: SILENT });
    await again.meaning();
    return again;
  });
  await closeStore(store);
  return {
    benchmark: 'latency',
    data: corpus.label,
    n: corpus.n,
    figures: [
      { name: 'learning, wall time', unit: 'ms', value: learning.ms },
      { name: 'learning, CPU', unit: 'ms', value: (user + system) / 1000, atMost: 60_000 },
      ...turnsOf('learning', learning),
      { name: 'a new day’s papers', unit: 'ms', value: day.ms, atMost: 2000 },
      ...figuresOf(`${papers.length} papers`, small, 15),
      { name: `folding in up to ${LARGE} papers`, unit: 'ms', value: folding.ms },
      ...turnsOf('folding in', folding),
      ...figuresOf(`${LARGE} papers`, large, 60),
      { name: `vectors of ${LARGE} papers`, unit: 'MB', value: bytes / 1e6, atMost: 60 },
    ],
  };
}

interface Measured {
  readonly ours: readonly number[];
  /** A bare full-text query and a plain loop over the vectors' bytes, by turns with ours. */
  readonly bare: readonly number[];
  readonly turns: Turns;
}

function figuresOf(size: string, { ours, bare, turns }: Measured, atMost: number): Figure[] {
  const ratio = median(ours) / median(bare);
  return [
    { name: `topic over ${size}, median`, unit: 'ms', value: median(ours) },
    { name: `topic over ${size}, p99`, unit: 'ms', value: percentile(ours, 0.99), atMost },
    { name: `FTS5 and a bare scan, median`, unit: 'ms', value: median(bare) },
    { name: 'ratio of the medians', unit: '×', value: ratio, atMost: 2 },
    ...turnsOf('searching', turns),
  ];
}

/** By the clock, as others feel it, and in CPU time, as it would be on a machine that does nothing else. */
function turnsOf(doing: string, { stall, busy }: Turns): Figure[] {
  const cpu = { name: `longest turn while ${doing}, CPU`, unit: 'ms', value: busy } as const;
  return [
    { name: `longest stall while ${doing}`, unit: 'ms', value: stall, atMost: 50 },
    ...(Number.isNaN(busy) ? [] : [cpu]),
  ];
}

async function measure(store: Store, vectors: Vectors): Promise<Measured> {
  const { rows, directions } = (await vectors.meaning(QUERIES))!;
  const bareScan = createBareScan(rows);
  const [ours, bare]: [number[], number[]] = [[], []];
  const aside = asideOf(store);
  const search = (query: string) =>
    searchArchive({ store: aside, vectors }, query, { limit: LIMIT });
  const round = async () => {
    for (const [at, query] of QUERIES.entries()) {
      bare.push(
        await timed(async () => {
          await matchText(store, toMatchExpressions(query)!.any, { limit: LIMIT });
          bareScan(directions[at]!);
        }),
      );
      ours.push(await timed(() => search(query)));
    }
  };
  await round();
  ours.length = 0;
  bare.length = 0;
  for (let at = 0; at < ROUNDS; at += 1) await round();
  // By itself, since the bare query and loop hold up everything.
  const turns = await watchTurns(async () => {
    for (let at = 0; at < ROUNDS; at += 1) for (const query of QUERIES) await search(query);
  });
  return { ours, bare, turns };
}

/** A plain loop over the same bytes in one typed array. */
function createBareScan(rows: Rows): (query: Float32Array) => void {
  const size = rows.vectorAt(0).length;
  const bytes = new Int8Array(rows.count * size);
  for (let row = 0; row < rows.count; row += 1) {
    bytes.set(pack(rows.vectorAt(row), size).bytes, row * size);
  }
  const products = new Float32Array(rows.count);
  return (query) => {
    for (let row = 0; row < products.length; row += 1) {
      products[row] = dotBytes(query, bytes, row * size, size);
    }
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** As many as a day's list holds, with other words. */
function newDay(papers: readonly Paper[]): Paper[] {
  return papers.slice(0, 50).map((paper, at) => {
    return { ...paper, id: `2702.${String(at).padStart(5, '0')}`, title: `${paper.title} anew` };
  });
}

/** The memory that something takes while it is held, in bytes. */
async function heldBy(make: () => Promise<unknown>): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = async () => {
    // Buffers are given back some time after their owners.
    for (let times = 0; times < 3; times += 1) {
      collect();
      await setTimeout(200);
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = await held();
  const made = await make();
  const after = await held();
  return made === undefined ? 0 : after - before;
}

/** The papers again and again, each time with some words changed, so that no two are alike. */
function repeated(papers: readonly Paper[], count: number): Paper[] {
  return Array.from({ length: count - papers.length }, (_, at) => {
    const paper = papers[at % papers.length]!;
    const turn = Math.floor(at / papers.length) + 1;
    const words = paper.abstract.split(' ');
    const abstract = words.map((word, place) => (place % 11 === turn ? `${word}x${turn}` : word));
    return { ...paper, id: `2701.${String(at).padStart(5, '0')}`, abstract: abstract.join(' ') };
  });
}

async function keep(store: Store, papers: readonly Paper[]): Promise<void> {
  for (let start = 0; start < papers.length; start += 1000) {
    await savePapers(store, papers.slice(start, start + 1000), NOW);
  }
}

const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // A benchmark says only what it found.
}
