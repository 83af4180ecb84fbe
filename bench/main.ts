import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDelivery } from './delivery.ts';
import { benchDigest } from './digest.ts';
import { benchDiscord } from './discord.ts';
import { isMissed, toJson, toTable, type Findings } from './figures.ts';
import { benchImport } from './import.ts';
import { toJson as toQualityJson, type Quality } from './quality/report.ts';
import { benchLatency } from './latency.ts';
import { benchPicks } from './quality/picks.ts';
import { benchSearch } from './quality/search.ts';
import { benchStream } from './quality/stream.ts';
import { benchVotes } from './quality/votes.ts';
import { benchSlack } from './slack.ts';
import { benchRanking } from './ranking.ts';

/** Rejects when it could not measure. */
type Benchmark = (data: string, folder: string) => Found | Promise<Found>;
type Found = Findings | Quality;

const benchmarks: Readonly<Record<string, Benchmark>> = {
  import: benchImport,
  digest: benchDigest,
  ranking: benchRanking,
  discord: benchDiscord,
  slack: benchSlack,
  delivery: benchDelivery,
  search: benchSearch,
  latency: benchLatency,
  stream: benchStream,
  picks: benchPicks,
  votes: benchVotes,
};

const USAGE = `Usage: npm run bench -- ${Object.keys(benchmarks).join('|')} [--data DIR] [--json]\n`;

/** Ends with 1 where a figure was missed. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [name = ''] = positionals;
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (benchmark === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const data = values.data ?? process.env['PAPERBOY_DATA'] ?? '../shared/data';
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  try {
    const findings = await benchmark(data, folder);
    process.stdout.write(show(findings, values.json));
    return 'figures' in findings && findings.figures.some(isMissed) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function show(found: Found, json: boolean): string {
  if ('rankers' in found) return json ? toQualityJson(found) : found.table;
  return json ? toJson(found) : toTable(found);
}

process.exitCode = await main();
