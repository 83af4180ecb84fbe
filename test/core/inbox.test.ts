import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks, type Bookmarks } from '../../src/core/bookmarks/index.ts';
import { createInbox } from '../../src/core/inbox.ts';
import type { Inbox, Reaction } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store/open.ts';
import { createTurns } from '../../src/core/turns.ts';
import { paperMessage } from '../fixtures/messages.ts';
import { createLog, createServices, READER, type LogLine } from './commands/services.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { aList, aStore } from './store-fixtures.ts';

const message = { platform: 'test', tenant: 'lab', channel: 'papers', message: '17' };
const reaction: Reaction = { emoji: '🔖', added: true, message, reader: READER };

let store: Store;
let bookmarks: Bookmarks;
let inbox: Inbox;
let lines: LogLine[];
let time: ManualTime;

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  const clock = () => new Date('2026-08-21T09:00:00Z');
  bookmarks = createBookmarks(store, clock);
  lines = [];
  time = createManualTime();
  const log = createLog(lines);
  inbox = createInbox({
    store,
    services: createServices(),
    bookmarks,
    turns: createTurns(time),
    clock,
    log,
  });
  await bookmarks.remember(message, ['2608.00001']);
});

afterEach(() => store.destroy());

const savedIds = async () => (await bookmarks.list(READER)).map(({ id }) => id);

/** Writing to the table fails until the returned function is called. */
async function breakTable(table: string): Promise<() => Promise<unknown>> {
  const name = sql.table(`broken_${table}`);
  await sql`CREATE TRIGGER ${name} BEFORE INSERT ON ${sql.table(table)}
    BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END`.execute(store);
  return () => sql`DROP TRIGGER ${name}`.execute(store);
}

describe('When the database fails', () => {
  it('a reaction is refused, and saves the paper when it is told again', async () => {
    const mend = await breakTable('bookmarks');
    await expect(inbox.reaction(reaction)).rejects.toThrow('the disk is gone');
    await mend();
    await inbox.reaction(reaction);
    await inbox.reaction(reaction);
    expect(await savedIds()).toEqual(['2608.00001']);
  });

  it('that the bot has left or is back is refused, so that it can be told again', async () => {
    const lab = { platform: 'test', tenant: 'lab' };
    const mend = await breakTable('departures');
    await expect(inbox.left(lab)).rejects.toThrow('the disk is gone');
    await mend();
    await inbox.left(lab);
    await sql`CREATE TRIGGER kept BEFORE DELETE ON departures
      BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END`.execute(store);
    await expect(inbox.joined(lab)).rejects.toThrow('the disk is gone');
  });

  it('what nobody can tell again is logged, and no platform hears of it', async () => {
    await breakTable('message_papers');
    await inbox.replied({ ...message, message: '18' }, paperMessage('A paper'));
    expect(lines).toMatchObject([{ level: 'error' }]);
  });
});

describe('Reactions of one reader', () => {
  const react = (added: boolean, emoji = '🔖') => inbox.reaction({ ...reaction, emoji, added });

  it('wait their turn where they are more than sixty, and none is lost or overtaken', async () => {
    const all = Array.from({ length: 61 }, (_, index) => react(index % 2 === 0));
    const [on, off] = [react(true), react(false)];
    await Promise.all(all.slice(0, 60));
    expect(await savedIds()).toEqual([]);
    await time.pass(1_000);
    await all[60];
    expect(await savedIds()).toEqual(['2608.00001']);
    await time.pass(2_000);
    await Promise.all([on, off]);
    expect(await savedIds()).toEqual([]);
    expect(time.monotonic()).toBe(3_000);
  });

  it('that mean nothing are not counted', async () => {
    await Promise.all(Array.from({ length: 100 }, () => react(true, '🎉')));
    await react(true);
    expect(await savedIds()).toEqual(['2608.00001']);
  });
});
