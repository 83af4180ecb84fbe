import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks, type Bookmarks } from '../../src/core/bookmarks/index.ts';
import { createInbox } from '../../src/core/inbox.ts';
import type { Inbox, Reaction } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store/open.ts';
import { paperMessage } from '../fixtures/messages.ts';
import { createLog, createServices, READER, type LogLine } from './commands/services.ts';
import { aList, aStore } from './store-fixtures.ts';

const message = { platform: 'test', tenant: 'lab', channel: 'papers', message: '17' };
const reaction: Reaction = { emoji: '🔖', added: true, message, reader: READER };

let store: Store;
let bookmarks: Bookmarks;
let inbox: Inbox;
let lines: LogLine[];

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  const clock = () => new Date('2026-08-21T09:00:00Z');
  bookmarks = createBookmarks(store, clock);
  lines = [];
  const log = createLog(lines);
  inbox = createInbox({ store, services: createServices(), bookmarks, clock, log });
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
