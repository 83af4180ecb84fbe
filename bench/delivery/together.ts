import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { startBot } from '../../test/soak/bot.ts';
import { openLedger } from '../../test/soak/ledger.ts';
import { openStage, type Stage } from '../../test/soak/stage.ts';
import { median, type Figure } from '../figures.ts';

/** Of each platform. */
const CHANNELS = 90;
const ROUNDS = 3;
const PLATFORMS = ['discord', 'slack'] as const;
type Platform = (typeof PLATFORMS)[number];
type Times = Readonly<Record<Platform, number>>;

/** How long each platform's digests take with the other one's due at the same time, against alone. */
export async function measureTogether(folder: string): Promise<Figure[]> {
  const alone: Record<Platform, number[]> = { discord: [], slack: [] };
  const together: Record<Platform, number[]> = { discord: [], slack: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const both = await fanOut(folder, PLATFORMS);
    for (const platform of PLATFORMS) {
      alone[platform].push((await fanOut(folder, [platform]))[platform]);
      together[platform].push(both[platform]);
    }
  }
  return PLATFORMS.flatMap((platform): Figure[] => {
    const [only, both] = [median(alone[platform]), median(together[platform])];
    return [
      { name: `${CHANNELS} channels of ${platform} alone`, unit: 'ms', value: only },
      {
        name: `${platform} with both due, against alone`,
        unit: '×',
        value: both / only,
        atMost: 1.05,
      },
    ];
  });
}

/** From the first message of a platform to its last, in milliseconds, in a process of its own. */
async function fanOut(parent: string, platforms: readonly Platform[]): Promise<Times> {
  const stage = await openStage({
    folder: mkdtempSync(join(parent, 'fan-out-')),
    channels: CHANNELS,
  });
  keepOnly(stage, platforms);
  const ledger = openLedger(stage.database);
  const bot = startBot(stage.env);
  try {
    // An hour and more past the first slots, so that all of them have come.
    await stage.advance(ledger.nextDue() + 2 * 3_600_000 - stage.now());
    bot.go(stage.ahead());
    while (ledger.pages().length === 0 || ledger.open() > 0) await delay(50);
    return { discord: discordMs(stage), slack: slackMs(stage) };
  } finally {
    await bot.end('SIGKILL');
    ledger.close();
    await stage.close();
  }
}

function keepOnly({ database }: Stage, platforms: readonly Platform[]): void {
  const file = new SQLite(database);
  for (const platform of PLATFORMS) {
    if (platforms.includes(platform)) continue;
    file.prepare('DELETE FROM subscriptions WHERE platform = ?').run(platform);
  }
  file.close();
}

function discordMs({ discord }: Stage): number {
  const posts = discord.requests.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/messages'),
  );
  return span(posts.map(({ at }) => at));
}

function slackMs({ slack }: Stage): number {
  return span(
    slack.api.calls.filter(({ method }) => method === 'chat.postMessage').map(({ at }) => at),
  );
}

function span(times: readonly number[]): number {
  return times.length === 0 ? NaN : times.at(-1)! - times[0]!;
}
