import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseCorpusLine } from '../src/core/archive/corpus.ts';
import { rank } from '../src/core/ranking/index.ts';
import { findCorpus } from './corpus.ts';
import { median, percentile, type Findings } from './figures.ts';

const PAPERS = 100;
const WARM_UP = 50;
const RUNS = 500;

const PROFILE = {
  topics: ['video generation', 'agents', 'reinforcement learning', 'author:"Yann LeCun"'],
  muted: ['medical'],
  follows: ['Google', 'Stanford University', 'Yann LeCun'],
};

/** Ranks the corpus's last hundred papers with every signal. */
export function benchRanking(data: string, folder: string): Findings {
  const corpus = findCorpus(data, folder);
  const lines = gunzipSync(readFileSync(corpus.path)).toString().trimEnd().split('\n');
  const candidates = lines
    .slice(-PAPERS)
    .map((line, index) => ({ paper: parseCorpusLine(line), ageHours: 8 + (index % 160) }));
  const all = Array.from({ length: WARM_UP + RUNS }, () => {
    const began = performance.now();
    rank(candidates, PROFILE, { count: 5 });
    return performance.now() - began;
  });
  const times = all.slice(WARM_UP);
  return {
    benchmark: 'ranking',
    data: corpus.label,
    n: candidates.length,
    figures: [
      { name: 'median', unit: 'ms', value: median(times), atMost: 5 },
      { name: '99th percentile', unit: 'ms', value: percentile(times, 0.99) },
      { name: 'first, before any warm-up', unit: 'ms', value: all[0] ?? NaN },
    ],
  };
}
