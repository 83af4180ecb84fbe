import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { startBot } from '../../test/soak/bot.ts';
import { openStage, type Stage } from '../../test/soak/stage.ts';
import type { Figure } from '../figures.ts';

/** Of each platform: 10,000 in all. */
const CHANNELS = 5_000;

/** Until what a start does is over. */
const SETTLE_MS = 30_000;

/** Two ticks. */
const WATCHED_MS = 120_000;

const DAY_MS = 86_400_000;

/** What the built program takes while 10,000 channels are subscribed and none is due. */
export async function measureIdle(folder: string): Promise<Figure[]> {
  const stage = await openStage({ folder, channels: CHANNELS });
  const bot = startBot(stage.env);
  try {
    putOff(stage);
    addPast(stage);
    bot.go(stage.ahead());
    while (!bot.said().includes('is running')) await delay(100);
    await delay(SETTLE_MS);
    const before = cpuMs(bot.pid);
    await delay(WATCHED_MS);
    const used = cpuMs(bot.pid) - before;
    const statusOf = readFileSync(`/proc/${bot.pid}/status`, 'utf8');
    const megabytes = Number(/VmRSS:\s+(\d+)/.exec(statusOf)?.[1]) / 1024;
    return [
      { name: 'idle, of one core', unit: '%', value: (100 * used) / WATCHED_MS, atMost: 1 },
      { name: 'idle, resident memory', unit: 'MB', value: megabytes, atMost: 150 },
    ];
  } finally {
    await bot.end('SIGKILL');
    await stage.close();
  }
}

/** Leaves nothing due while we watch, whatever the time of day. */
function putOff({ database }: Stage): void {
  const file = new SQLite(database);
  file
    .prepare('UPDATE subscriptions SET next_due = ?')
    .run(new Date(Date.now() + DAY_MS).toISOString());
  file.close();
}

/** A month of digests that every channel has had: what is over may cost nothing. */
function addPast({ database }: Stage): void {
  const file = new SQLite(database);
  file.exec(`
    WITH RECURSIVE ages (age) AS (SELECT 1 UNION ALL SELECT age + 1 FROM ages WHERE age < 30)
    INSERT INTO digests (platform, tenant, channel, local_date, planned_at)
      SELECT platform, tenant, channel, date('now', -age || ' days'),
        strftime('%Y-%m-%dT%H:%M:%fZ', 'now', -age || ' days')
      FROM ages, subscriptions;
    INSERT INTO deliveries (digest_id, position, message, papers, in_thread, state, sent_at)
      SELECT id, 0, '{"summary":"' || hex(zeroblob(500)) || '","blocks":[]}', '[]', 0, 'sent', planned_at
      FROM digests;
  `);
  file.close();
}

/** CPU time of a process, in milliseconds; Linux counts it in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
