import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

/** Loads what a configuration asks for in a process of its own, and tells whether it loaded the SDK. */
async function loadsSdk(
  platform: string,
  sdk: string,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  const script = `
    import { createRequire } from 'node:module';
    import { loadConfig } from './src/config.ts';
    import { configuredPlatforms, findPlatform } from './src/platforms.ts';
    const config = loadConfig(process.env, () => '');
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    for (const entry of configuredPlatforms(config)) {
      await entry.load({ config, database: 'x.db', clock: () => new Date(), log });
    }
    await findPlatform('${platform}').payloads([]);
    const { cache } = createRequire(import.meta.url);
    console.log(Object.keys(cache).some((path) => path.includes('/node_modules/${sdk}/')));
  `;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout } = await run(process.execPath, args, { env: { PATH: '', ...env } });
  return stdout.trim() === 'true';
}

it.each([
  ['discord', 'discord.js', 'DISCORD_TOKEN'],
  ['slack', '@slack', 'SLACK_BOT_TOKEN'],
])(
  'the SDK of %s is loaded only when its token is set',
  async (platform, sdk, token) => {
    expect(await loadsSdk(platform, sdk, {})).toBe(false);
    expect(await loadsSdk(platform, sdk, { [token]: 'a-token' })).toBe(true);
  },
  60_000,
);
