import { join } from 'node:path';
import { PAPERBOY, runNode } from './child.ts';
import { findCorpus } from './corpus.ts';
import { median, type Findings } from './figures.ts';
import { runImport } from './import.ts';

const RUNS = 15;
const DIGEST = [PAPERBOY, 'digest', '--date', '2026-03-10', '--format', 'json'];

/** One digest from a filled archive as a whole process, against a Node that does nothing. */
export async function benchDigest(data: string, folder: string): Promise<Findings> {
  const corpus = findCorpus(data, folder);
  const database = join(folder, 'digest.db');
  await runImport(corpus.path, database, false);
  // Nothing listens there, so a digest that asks the network says so in its note.
  const env = { PAPERBOY_DATABASE: database, PAPERBOY_HF_URL: 'http://127.0.0.1:9' };
  const ours: number[] = [];
  const nothing: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    nothing.push((await runNode(['-e', '0'])).ms);
    ours.push((await runNode(DIGEST, { env })).ms);
  }
  const { peakMb, stdout } = await runNode(DIGEST, { env, peak: true });
  const { papers, note } = JSON.parse(stdout) as { papers: readonly unknown[]; note?: string };
  if (papers.length === 0 || note !== undefined) {
    throw new Error(`Not measured: the digest did not come from the archive alone. ${note ?? ''}`);
  }
  return {
    benchmark: 'digest',
    data: corpus.label,
    n: corpus.n,
    figures: [
      { name: 'paperboy digest', unit: 'ms', value: median(ours) },
      { name: 'node -e 0', unit: 'ms', value: median(nothing) },
      { name: 'ratio', unit: '×', value: median(ours) / median(nothing), atMost: 8 },
      { name: 'peak memory', unit: 'MB', value: peakMb, atMost: 120 },
    ],
  };
}
