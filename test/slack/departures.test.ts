import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { purgeDeparted } from '../../src/core/store/departures.ts';
import { lineMessage } from '../fixtures/messages.ts';
import type { SlackServer } from '../fakes/slack-server/index.ts';
import { uninstall } from '../fakes/slack-server/installs.ts';
import {
  install,
  openLab,
  OTHER_KEY,
  recordingLog,
  startBot,
  type Bot,
  type LogLine,
} from './open-installs.ts';
import { pause } from './open-slack.ts';
import { openCore, type RealCore } from './real-core.ts';

const reader = { platform: 'slack', tenant: 'T1', user: 'U1' };
const PAPER = '2608.00001';

let slack: SlackServer;
let core: RealCore;
let bot: Bot;
let log: LogLine[];

beforeEach(async () => {
  [slack, core, log] = [await openLab(), await openCore(), []];
  bot = await startBot(slack, core.inbox, settings());
  await install(slack, bot, 'T1');
  const ref = await post();
  await core.bookmarks.remember(ref, [PAPER]);
  await core.bookmarks.save(reader, PAPER);
});

afterEach(async () => {
  await bot.platform.stop();
  await slack.close();
  await core.store.destroy();
});

const settings = () => ({ log: recordingLog(log), retryMs: 10 });
const channel = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const post = (key = 'first') => bot.platform.post(channel, lineMessage('a paper'), { key });
const departures = () => core.store.selectFrom('departures').selectAll().execute();

/** What the trigger refuses works again once the returned function is called. */
async function breakTable(before: 'INSERT ON departures' | 'DELETE ON installations') {
  await sql`CREATE TRIGGER broken BEFORE ${sql.raw(before)}
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`.execute(core.store);
  return () => sql`DROP TRIGGER broken`.execute(core.store);
}

async function settled() {
  while ((await core.inbox.journal.open('slack')).length > 0) await pause(2);
}

/** All that is kept of the workspace, once its thirty days are over. */
async function kept() {
  // What is to go is seen twice, a day apart.
  for (const day of ['01', '03']) {
    await purgeDeparted(core.store, new Date(`2999-01-${day}T00:00:00.000Z`));
  }
  const installs = await core.inbox.installations.all('slack');
  return [installs.length, (await core.bookmarks.list(reader)).length];
}

describe('A workspace that removes the bot', () => {
  it.each(['INSERT ON departures', 'DELETE ON installations'] as const)(
    '26: is noted, forgotten and purged though the database failed at first (%s)',
    async (what) => {
      const mend = await breakTable(what);
      await slack.uninstall('T1');
      await pause(50);
      expect(await core.inbox.journal.open('slack')).not.toEqual([]);
      await mend();
      await settled();
      expect(await departures()).toMatchObject([{ tenant: 'T1', channel: '' }]);
      expect(await kept()).toEqual([0, 0]);
    },
  );

  it('26: is noted by the next call, where Slack’s word of it never came', async () => {
    const mend = await breakTable('INSERT ON departures');
    uninstall(slack.world, 'T1', 'account_inactive');
    await expect(post('second')).rejects.toMatchObject({ kind: 'no-access' });
    expect(log.at(-1)).toMatchObject({ level: 'error', fields: { tenant: 'T1' } });
    await mend();
    await expect(post('third')).rejects.toMatchObject({ kind: 'no-access' });
    expect(await kept()).toEqual([0, 0]);
  });

  it('26: is noted at the next start, where its install alone was forgotten', async () => {
    await bot.platform.stop();
    await core.inbox.installations.remove('slack', 'T1');
    bot = await startBot(slack, core.inbox, settings());
    expect(await departures()).toMatchObject([{ tenant: 'T1', channel: '' }]);
  });

  it('26: is not thought gone because its tokens can’t be read', async () => {
    await bot.platform.stop();
    bot = await startBot(slack, core.inbox, settings(), [OTHER_KEY]);
    expect(await departures()).toEqual([]);
    expect((await core.bookmarks.list(reader)).length).toBe(1);
  });
});
