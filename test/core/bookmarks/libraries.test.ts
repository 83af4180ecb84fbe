import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks, type Bookmarks } from '../../../src/core/bookmarks/index.ts';
import { createLibraries } from '../../../src/core/bookmarks/libraries.ts';
import type { Libraries } from '../../../src/core/library.ts';
import type { MessageRef, ReaderRef } from '../../../src/core/platform.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { aList, aStore } from '../store-fixtures.ts';

/** One person as three readers, and somebody else. */
const here: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'ada' };
const there: ReaderRef = { platform: 'other', tenant: 'all', user: '17' };
const elsewhere: ReaderRef = { platform: 'fake', tenant: 'guest-lab', user: 'ada' };
const bo: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'bo' };

const [ONE, TWO, THREE] = ['2608.00001', '2608.00002', '2608.00003'] as const;

let store: Store;
let bookmarks: Bookmarks;
let libraries: Libraries;
let now: number;

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  now = Date.UTC(2026, 7, 21, 9);
  const clock = () => new Date((now += 1000));
  bookmarks = createBookmarks(store, clock);
  libraries = createLibraries(store, clock);
});
afterEach(() => store.destroy());

const minutes = (count: number) => (now += count * 60_000);

async function join(one: ReaderRef, other: ReaderRef) {
  const code = await libraries.invite(one);
  expect(await libraries.join(other, code)).toEqual({ outcome: 'joined' });
}

async function idsOf(reader: ReaderRef): Promise<string[]> {
  return (await bookmarks.list(reader)).map(({ id }) => id);
}

describe('joined libraries', () => {
  it('show all papers of both, each once, the newest first', async () => {
    await bookmarks.save(here, ONE);
    await bookmarks.save(there, TWO);
    await bookmarks.save(there, THREE);
    await bookmarks.save(here, TWO);
    await join(here, there);
    for (const reader of [here, there]) {
      expect(await idsOf(reader)).toEqual([THREE, TWO, ONE]);
    }
    expect(await idsOf(bo)).toEqual([]);
    expect(await idsOf(elsewhere)).toEqual([]);
  });

  it('save in all and unsave in all', async () => {
    await join(here, there);
    expect(await bookmarks.save(here, ONE)).toBe(true);
    expect(await bookmarks.save(there, ONE)).toBe(false);
    expect(await idsOf(there)).toEqual([ONE]);
    expect(await bookmarks.unsave(there, ONE)).toBe(true);
    expect(await idsOf(here)).toEqual([]);
    expect(await bookmarks.unsave(here, ONE)).toBe(false);
  });

  it('lose a paper whose reaction is taken away, told at once or found out later', async () => {
    const message: MessageRef = { platform: 'fake', tenant: 'lab', channel: 'c', message: '1' };
    await bookmarks.remember(message, [ONE]);
    await join(here, there);
    const react = (added: boolean) =>
      bookmarks.react({ emoji: '🔖', added, message, reader: here });
    await react(true);
    expect(await idsOf(there)).toEqual([ONE]);
    await react(false);
    expect(await idsOf(there)).toEqual([]);
    await react(true);
    await bookmarks.save(there, ONE);
    await bookmarks.reconcile(message, '🔖', []);
    expect(await idsOf(there)).toEqual([]);
  });

  it('do not get a paper back from a reaction that only stayed', async () => {
    const message: MessageRef = { platform: 'fake', tenant: 'lab', channel: 'c', message: '1' };
    await bookmarks.remember(message, [ONE]);
    await join(here, there);
    await bookmarks.react({ emoji: '🔖', added: true, message, reader: here });
    await bookmarks.unsave(there, ONE);
    await bookmarks.reconcile(message, '🔖', [here]);
    expect(await idsOf(here)).toEqual([]);
  });

  it('are of any number: groups grow together', async () => {
    const fourth = { ...there, user: '18' };
    await join(here, there);
    await join(elsewhere, fourth);
    await join(there, fourth);
    expect(await libraries.others(here)).toEqual([elsewhere, there, fourth]);
    await bookmarks.save(fourth, TWO);
    expect(await idsOf(here)).toEqual([TWO]);
  });

  it('part again, each with what was saved there', async () => {
    await bookmarks.save(here, ONE);
    await bookmarks.save(there, TWO);
    await join(here, there);
    await join(here, elsewhere);
    await bookmarks.save(elsewhere, THREE);
    await bookmarks.save(here, THREE);
    expect(await libraries.part(here)).toBe(true);
    expect(await idsOf(here)).toEqual([THREE, ONE]);
    expect(await idsOf(there)).toEqual([THREE, TWO]);
    expect(await libraries.others(elsewhere)).toEqual([there]);
    expect(await libraries.part(elsewhere)).toBe(true);
    expect(await libraries.part(there)).toBe(false);
    expect(await store.selectFrom('library_readers').selectAll().execute()).toEqual([]);
  });
});

describe('a code', () => {
  it('is good for ten minutes, and only until the next', async () => {
    const first = await libraries.invite(here);
    const second = await libraries.invite(here);
    expect(first).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    expect(await libraries.join(there, first)).toEqual({ outcome: 'old' });
    now += 10 * 60_000 - 2000;
    expect(await libraries.join(there, second)).toEqual({ outcome: 'old' });
    expect(await libraries.others(there)).toEqual([]);
    const third = await libraries.invite(here);
    now += 10 * 60_000 - 2000;
    expect(await libraries.join(there, third)).toEqual({ outcome: 'joined' });
  });

  it('works once; written again by the same reader it changes nothing', async () => {
    const code = await libraries.invite(here);
    expect(await libraries.join(there, code)).toEqual({ outcome: 'joined' });
    expect(await libraries.join(there, code)).toEqual({ outcome: 'joined-before' });
    expect(await libraries.join(bo, code)).toEqual({ outcome: 'used' });
    expect(await libraries.others(bo)).toEqual([]);
  });

  it('joins one library only when two write it at the same time', async () => {
    const code = await libraries.invite(here);
    const outcomes = await Promise.all([libraries.join(there, code), libraries.join(bo, code)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['joined', 'used']);
  });

  it('does nothing for whoever got it', async () => {
    const code = await libraries.invite(here);
    expect(await libraries.join(here, code)).toEqual({ outcome: 'own' });
    expect(await libraries.join(there, code)).toEqual({ outcome: 'joined' });
  });

  it('is not kept as it is, and forgotten after a day', async () => {
    const code = await libraries.invite(here);
    const kept = async () =>
      JSON.stringify(await store.selectFrom('link_codes').selectAll().execute());
    expect(await kept()).not.toContain(code.slice(0, 4));
    await libraries.join(bo, 'ABCD-EFGH');
    minutes(25 * 60);
    await libraries.invite(there);
    expect(await kept()).not.toContain('"ada"');
    expect(await store.selectFrom('wrong_codes').selectAll().execute()).toEqual([]);
  });
});

describe('guessing', () => {
  const guess = (reader: ReaderRef) => libraries.join(reader, 'ABCD-EFGH');

  it('ends after five wrong codes, also for a right one, until ten minutes have passed', async () => {
    const code = await libraries.invite(here);
    const start = now;
    for (let tried = 0; tried < 5; tried += 1) {
      expect(await guess(there)).toEqual({ outcome: 'unknown' });
    }
    const until = new Date(start + 1000 + 10 * 60_000);
    expect(await guess(there)).toEqual({ outcome: 'too-many', until });
    expect(await libraries.join(there, code)).toEqual({ outcome: 'too-many', until });
    expect(await libraries.join(bo, code)).toEqual({ outcome: 'joined' });
    minutes(10);
    expect(await guess(there)).toEqual({ outcome: 'unknown' });
  });

  it('is no guessing when it can’t be a code', async () => {
    for (let tried = 0; tried < 7; tried += 1) {
      expect(await libraries.join(there, 'hello')).toEqual({ outcome: 'malformed' });
    }
  });
});
