import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPaperboy } from './paperboy-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a call, and gives the addresses of all modules that its process loaded, as V8 saw them. */
async function modulesOf(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const coverage = mkdtempSync(join(folder, 'coverage-'));
  const env = {
    NODE_V8_COVERAGE: coverage,
    PAPERBOY_OFFLINE: '1',
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
    ...more,
  };
  const { status, stderr } = await runPaperboy(args, env, folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readdirSync(coverage).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as {
      result: { url: string }[];
    };
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
}

const SDKS = /node_modules\/(?:discord|@discordjs|@slack)|\/dist\/(?:discord|slack|preview)\//;

describe.each([
  ['digest', ['digest', '--format', 'json']],
  ['status', ['status']],
])('paperboy %s', (_, args) => {
  it('loads no platform and no platform’s SDK, whatever tokens are set', async () => {
    const tokens = {
      DISCORD_TOKEN: 'not-a-token',
      SLACK_BOT_TOKEN: 'not-a-token',
      SLACK_APP_TOKEN: 'not-a-token',
    };
    const modules = await modulesOf(args, tokens);
    expect(modules.filter((url) => url.includes('node_modules/better-sqlite3'))).not.toEqual([]);
    expect(modules.filter((url) => SDKS.test(url))).toEqual([]);
  });

  it('loads what it seldom needs only when it does: the log, YAML, feeds', async () => {
    const modules = await modulesOf(args);
    expect(modules.filter((url) => /node_modules\/(?:pino|yaml|feedsmith)\//.test(url))).toEqual(
      [],
    );
  });
});
