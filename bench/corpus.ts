import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface Corpus {
  /** A file for `paperboy import`. */
  readonly path: string;
  /** Where it came from, for the table. */
  readonly label: string;
  readonly n: number;
}

/** The corpus of a data folder, or one made of random words where there is none. */
export function findCorpus(data: string, folder: string): Corpus {
  const path = join(data, 'corpus.jsonl.gz');
  if (!existsSync(path)) return makeCorpus(join(folder, 'made-up.jsonl.gz'), data);
  const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');
  return { path, label: path, n: lines.length };
}

/** As many papers as nearly two years of lists hold. */
const PAPERS = 10_700;
const PER_DAY = 16;
const LAST_DAY = Date.parse('2026-03-31T00:00:00Z');
const DAY_MS = 86_400_000;

function makeCorpus(path: string, missing: string): Corpus {
  const word = createWords();
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  const lines = Array.from({ length: PAPERS }, (_, index) => {
    const day = new Date(LAST_DAY - Math.floor(index / PER_DAY) * DAY_MS).toISOString();
    return JSON.stringify({
      id: `${2300 + Math.floor(index / 99_999)}.${String(index).padStart(5, '0')}`,
      title: words(10),
      summary: words(180),
      publishedAt: day,
      dailyDate: day.slice(0, 10),
      upvotes: (index * 7919) % 200,
      numComments: 1,
      authors: Array.from({ length: 6 }, () => words(2)),
    });
  });
  writeFileSync(path, gzipSync(`${lines.join('\n')}\n`));
  return { path, label: `made up, since there is no corpus in ${missing}`, n: PAPERS };
}

/** The same words in every run: a linear congruential generator over a vocabulary of 5,000. */
function createWords(): () => string {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return `w${(state % 5000).toString(36)}`;
  };
}
