import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks, type Bookmarks } from '../../src/core/bookmarks/index.ts';
import { createLibraries } from '../../src/core/bookmarks/libraries.ts';
import { silentLog } from '../../src/core/log.ts';
import { createPaperboy, type Paperboy } from '../../src/core/paperboy.ts';
import type { MessageRef, ReaderRef } from '../../src/core/platform.ts';
import { addArrival, closeArrival } from '../../src/core/store/arrivals.ts';
import { putCircuit } from '../../src/core/store/circuits.ts';
import { writeDigest } from '../../src/core/store/digests.ts';
import type { Store } from '../../src/core/store/open.ts';
import { troubles } from '../../src/core/store/troubles.ts';
import { createFakePlatform, type FakePlatform } from '../fakes/fake-platform.ts';
import { createSubscription, NOTHING_KEPT, textOf } from './commands/services.ts';
import { aList, aStore } from './store-fixtures.ts';

/** Whose id stands nowhere by chance, who they are elsewhere, and somebody of the same id. */
const ada: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'U-ada-17' };
const there: ReaderRef = { platform: 'other', tenant: 'all', user: '4711' };
const namesake: ReaderRef = { platform: 'fake', tenant: 'guest-lab', user: 'U-ada-17' };
const bo: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'U-bo' };

const [ONE, TWO] = ['2608.00001', '2608.00002'] as const;
const message: MessageRef = { platform: 'fake', tenant: 'lab', channel: 'papers', message: '1' };
const channel = { platform: 'fake', tenant: 'lab', channel: 'papers' };

let store: Store;
let platform: FakePlatform;
let paperboy: Paperboy;
let bookmarks: Bookmarks;
let now: number;

const clock = () => new Date(now);
const at = () => clock().toISOString();
const days = (count: number) => (now += count * 86_400_000);

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  platform = createFakePlatform();
  now = Date.UTC(2026, 7, 21, 9);
  bookmarks = createBookmarks(store, clock);
  paperboy = aPaperboy();
});

afterEach(async () => {
  await paperboy.stop();
  await store.destroy();
});

function aPaperboy(): Paperboy {
  return createPaperboy({
    store,
    sources: [],
    platforms: [platform],
    settings: { weights: {}, profile: { topics: [], muted: [], follows: [] } },
    clock,
    log: silentLog,
  });
}

const arrival = (id: string, user: string, tenant = 'lab') => ({
  platform: 'fake',
  tenant,
  id,
  content: JSON.stringify({ event: { user, team: 'lab' } }),
});

/** Leaves something of a reader wherever the schema has a place for it. */
async function leaveTraces(reader: ReaderRef): Promise<void> {
  const libraries = createLibraries(store, clock);
  await bookmarks.remember(message, [ONE, TWO]);
  await bookmarks.save(reader, ONE);
  await bookmarks.react({ emoji: '🔖', added: true, message, reader });
  await bookmarks.react({ emoji: '👎', added: true, message, reader });
  await paperboy.services.subscribe(createSubscription({ channel, reader }));
  await putCircuit(store, channel, {
    reason: 'Grant it.',
    openedAt: at(),
    failures: 1,
    probeAt: at(),
  });
  await libraries.join(there, await libraries.invite(reader));
  await libraries.join(reader, 'ABCD-EFGH');
  await addArrival(store, arrival('open', reader.user), at());
  await addArrival(store, arrival('in a shared channel', reader.user, 'guest-lab'), at());
  await addArrival(store, arrival('done', reader.user), at());
  await closeArrival(store, arrival('done', reader.user));
}

/** Where a text stands in the database, as `table: row`. */
async function placesOf(wanted: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT name FROM sqlite_master WHERE type = 'table'`.execute(store);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`SELECT * FROM ${sql.table(name)}`.execute(store);
    found.push(
      ...rows
        .map((row) => JSON.stringify(row))
        .filter((row) => row.includes(wanted))
        .map((row) => `${name}: ${row}`),
    );
  }
  return found;
}

const tablesOf = (places: readonly string[]) => [
  ...new Set(places.map((each) => each.split(':')[0])),
];

it('shows all that is kept', async () => {
  await leaveTraces(ada);
  const titles = ['Lanterns of 2026-08-20', 'Robot hands of 2026-08-20'];
  const subscription = await paperboy.services.subscription(channel);
  expect(await paperboy.services.privacy.kept(ada)).toEqual({
    bookmarks: [ONE, TWO].map((id, index) => ({ id, title: titles[index], savedAt: clock() })),
    reactions: ['👎', '🔖'].map((emoji) => ({ emoji, message, titles })),
    subscriptions: [{ subscription, createdAt: clock(), trouble: 'Grant it.' }],
    joined: [there],
    codes: [{ madeAt: clock(), ended: 'used' }],
    wrongCodes: { count: 1, since: clock() },
    arrivals: [{ receivedAt: clock() }, { receivedAt: clock() }],
  });
  // Whose the id is that came to a tenant shared with the reader's can't be told, so it is of both.
  expect(await paperboy.services.privacy.kept(namesake)).toEqual({
    ...NOTHING_KEPT,
    arrivals: [{ receivedAt: clock() }],
  });
});

describe('privacy delete', () => {
  it('leaves the reader’s id nowhere in the database, and everybody else’s where it was', async () => {
    await leaveTraces(ada);
    await bookmarks.save(bo, ONE);
    await bookmarks.save(namesake, TWO);
    await bookmarks.react({ emoji: '🔖', added: true, message, reader: namesake });
    expect(tablesOf(await placesOf(ada.user)).sort()).toEqual([
      'arrivals',
      'bookmarks',
      'library_readers',
      'link_codes',
      'reactions',
      'subscriptions',
      'wrong_codes',
    ]);
    const others = await placesOf(bo.user);
    await paperboy.services.privacy.erase(ada);
    const left = await placesOf(ada.user);
    expect(left.every((place) => place.includes(namesake.tenant))).toBe(true);
    expect(tablesOf(left).sort()).toEqual(['bookmarks', 'reactions']);
    expect(await placesOf(bo.user)).toEqual(others);
    // Alone is joined with nobody.
    expect(await placesOf(there.user)).toEqual([]);
  });

  it('knows of every place in the schema that a reader’s id may stand in', async () => {
    const { rows } = await sql<{ place: string }>`
      SELECT tables.name || '.' || columns.name AS place
      FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
      WHERE tables.type = 'table' AND (columns.name GLOB '*reader*' OR columns.name GLOB '*user*'
        OR columns.name GLOB '*_by' OR columns.name IN ('content', 'value'))
      ORDER BY place`.execute(store);
    // A new one must be exported, deleted and left a trace in above.
    expect(rows.map(({ place }) => place)).toEqual([
      'arrivals.content',
      'bookmarks.reader',
      'erasures.reader',
      'installations.content',
      'library_readers.reader',
      'link_codes.reader',
      'platform_memory.value',
      'reactions.reader',
      'reactions.reader_tenant',
      'subscriptions.created_by',
      'wrong_codes.reader',
    ]);
  });

  it('removes all or nothing', async () => {
    await leaveTraces(ada);
    const before = await placesOf(ada.user);
    await sql`CREATE TRIGGER full BEFORE INSERT ON erasures BEGIN SELECT RAISE(ABORT, 'full'); END`.execute(
      store,
    );
    await expect(paperboy.services.privacy.erase(ada)).rejects.toThrow('full');
    expect(await placesOf(ada.user)).toEqual(before);
  });

  it('leaves joined libraries to the others', async () => {
    const third = { ...there, user: '4712' };
    const libraries = createLibraries(store, clock);
    await libraries.join(there, await libraries.invite(ada));
    await libraries.join(third, await libraries.invite(ada));
    await bookmarks.save(there, TWO);
    await paperboy.services.privacy.erase(ada);
    expect(await libraries.others(there)).toEqual([third]);
    expect(await bookmarks.list(ada)).toEqual([]);
    expect(await bookmarks.list(third)).toHaveLength(1);
  });

  it('keeps a digest going, of whose troubles nobody is told until somebody changes it', async () => {
    await leaveTraces(ada);
    const untold = () => troubles(store, 10, { platform: 'fake', now: at() });
    expect(await untold()).toHaveLength(1);
    const { nextDue } = (await paperboy.services.subscription(channel))!;
    await paperboy.services.privacy.erase(ada);
    expect(await paperboy.services.subscription(channel)).toMatchObject({
      topics: ['agents'],
      nextDue,
    });
    expect(await untold()).toEqual([]);
    expect(await troubles(store, 10)).toHaveLength(1);
    await paperboy.services.subscribe(createSubscription({ channel, reader: bo }));
    expect((await paperboy.services.subscription(channel))?.reader).toEqual(bo);
  });

  it('brings nothing back when a service sends once more what it sent before', async () => {
    await addArrival(store, arrival('open', ada.user), at());
    await paperboy.services.privacy.erase(ada);
    expect(await addArrival(store, arrival('open', ada.user), at())).toBe(false);
  });
});

describe('reactions that stand on messages after privacy delete', () => {
  const react = (added: boolean) => bookmarks.react({ emoji: '🔖', added, message, reader: ada });
  const idsOf = async (reader: ReaderRef) => (await bookmarks.list(reader)).map(({ id }) => id);
  /** What every start does: who has it on there now. */
  const restart = (...readers: ReaderRef[]) => bookmarks.reconcile(message, '🔖', readers);

  beforeEach(async () => {
    await bookmarks.remember(message, [ONE]);
  });

  it('bring nothing back at the next start, known of before or not', async () => {
    await react(true);
    now += 1000;
    await paperboy.services.privacy.erase(ada);
    await paperboy.services.privacy.erase(bo);
    await restart(ada, bo, namesake);
    expect([await idsOf(ada), await idsOf(bo), await idsOf(namesake)]).toEqual([[], [], [ONE]]);
    expect(await placesOf(ada.user)).toHaveLength(2);
  });

  it('count when they are put on anew, and stay over a start', async () => {
    await react(true);
    await paperboy.services.privacy.erase(ada);
    await react(false);
    expect(await idsOf(ada)).toEqual([]);
    await react(true);
    await restart(ada);
    expect(await idsOf(ada)).toEqual([ONE]);
    await restart();
    expect(await idsOf(ada)).toEqual([]);
  });

  it('count on messages that came later, though nobody told us', async () => {
    await paperboy.services.privacy.erase(ada);
    now += 1000;
    const later = { ...message, message: '2' };
    await bookmarks.remember(later, [TWO]);
    await bookmarks.reconcile(later, '🔖', [ada]);
    expect(await idsOf(ada)).toEqual([TWO]);
  });

  it('are known for as long as a platform looks back, and then the deletion is forgotten', async () => {
    await react(true);
    await paperboy.services.privacy.erase(ada);
    const kept = () => paperboy.services.privacy.kept(ada);
    await paperboy.start();
    days(8);
    expect((await kept()).erasedAt).toEqual(new Date('2026-08-21T09:00:00Z'));
    await restart(ada);
    expect(await idsOf(ada)).toEqual([]);
    now += 1;
    await paperboy.stop();
    paperboy = aPaperboy();
    await paperboy.start();
    await expect.poll(async () => (await kept()).erasedAt).toBeUndefined();
  });
});

it('49: deletes while a digest is being posted, and the digest is whole', async () => {
  const { reader } = platform;
  await bookmarks.save(reader, ONE);
  await paperboy.services.subscribe(createSubscription({ channel: platform.channel, reader }));
  const pages = ['overview', 'first', 'second'].map((summary, position) => ({
    message: { summary, blocks: [] },
    papers: position === 0 ? [] : [position === 1 ? ONE : TWO],
    inThread: position > 0,
  }));
  await writeDigest(
    store,
    { channel: platform.channel, localDate: '2026-08-21', listDate: '2026-08-20', pages },
    at(),
  );
  const held = platform.holdNext();
  await paperboy.start();
  await held.reached;
  const reply = await platform.type('privacy delete confirm');
  held.release();
  await expect.poll(() => platform.messages.length).toBe(3);
  expect(platform.messages.map((each) => each.message.summary)).toEqual([
    'overview',
    'first',
    'second',
  ]);
  expect(reply.private).toBe(true);
  expect(textOf(reply.message)).toMatch(/^Deleted: 1 bookmark and your id at 1 digest\.$/m);
  expect(await paperboy.services.bookmarks(reader)).toEqual([]);
  expect((await paperboy.services.subscription(platform.channel))?.reader.user).toBe('');
});
