import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchDigest } from './digest.ts';
import { benchDiscord } from './discord.ts';
import { toJson, toTable, type Findings } from './figures.ts';
import { benchImport } from './import.ts';
import { benchRanking } from './ranking.ts';

const benchmarks: Readonly<
  Record<string, (data: string, folder: string) => Findings | Promise<Findings>>
> = {
  import: benchImport,
  digest: benchDigest,
  ranking: benchRanking,
  discord: benchDiscord,
};

const USAGE = `Usage: npm run bench -- ${Object.keys(benchmarks).join('|')} [--data DIR] [--json]\n`;

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
    process.stdout.write(values.json ? toJson(findings) : toTable(findings));
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = await main();
