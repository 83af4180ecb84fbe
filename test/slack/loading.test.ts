import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

/** Loads what a configuration asks for in a process of its own, and tells whether it loaded the SDK. */
async function loadsSdk(env: Readonly<Record<string, string>>): Promise<boolean> {
  const script = `
    import { createRequire } from 'node:module';
    import { loadConfig } from './src/config.ts';
    import { configuredPlatforms, findPlatform } from './src/platforms.ts';
    const config = loadConfig(process.env, () => '');
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    for (const entry of configuredPlatforms(config)) {
      await entry.load({ config, database: 'x.db', clock: () => new Date(), log });
    }
    await findPlatform('slack').payloads([]);
    const { cache } = createRequire(import.meta.url);
    console.log(Object.keys(cache).some((path) => path.includes('/node_modules/@slack/')));
  `;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout } = await run(process.execPath, args, { env: { PATH: '', ...env } });
  return stdout.trim() === 'true';
}

it('Slack’s SDK is loaded only when its token is set', async () => {
  expect(await loadsSdk({})).toBe(false);
  expect(await loadsSdk({ SLACK_BOT_TOKEN: 'a-token' })).toBe(true);
}, 60_000);
