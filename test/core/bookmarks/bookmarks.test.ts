import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks, type Bookmarks } from '../../../src/core/bookmarks/index.ts';
import type { MessageRef, ReaderRef } from '../../../src/core/platform.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { aList, aStore } from '../store-fixtures.ts';

const message: MessageRef = { platform: 'fake', tenant: 'lab', channel: 'papers', message: '17' };
const ada: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'ada' };
const bo: ReaderRef = { platform: 'fake', tenant: 'lab', user: 'bo' };

let store: Store;
let bookmarks: Bookmarks;
let minute: number;

beforeEach(async () => {
  store = await aStore(aList('2026-08-20'));
  minute = 0;
  bookmarks = createBookmarks(store, () => new Date(Date.UTC(2026, 7, 21, 9, (minute += 1))));
  await bookmarks.remember(message, ['2608.00001']);
});

afterEach(() => store.destroy());

function react(reader: ReaderRef, emoji: string, added: boolean, on = message): Promise<void> {
  return bookmarks.react({ emoji, added, message: on, reader });
}

async function idsOf(reader: ReaderRef, query?: string): Promise<string[]> {
  return (await bookmarks.list(reader, query)).map(({ id }) => id);
}

describe('a reaction', () => {
  it('saves the paper for the reader who reacted, and for nobody else', async () => {
    await react(ada, '🔖', true);
    expect(await idsOf(ada)).toEqual(['2608.00001']);
    expect(await idsOf(bo)).toEqual([]);
  });

  it('saves once however often it comes', async () => {
    await react(ada, '🔖', true);
    await react(ada, '🔖', true);
    expect(await idsOf(ada)).toEqual(['2608.00001']);
  });

  it('unsaves when it is removed, only for that reader', async () => {
    await react(ada, '🔖', true);
    await react(bo, '🔖', true);
    await react(ada, '🔖', false);
    expect(await idsOf(ada)).toEqual([]);
    expect(await idsOf(bo)).toEqual(['2608.00001']);
  });

  it('saves every paper of a message that shows several', async () => {
    const overview = { ...message, message: '18' };
    await bookmarks.remember(overview, ['2608.00001', '2608.00002']);
    await react(ada, '🔖', true, overview);
    expect((await idsOf(ada)).sort()).toEqual(['2608.00001', '2608.00002']);
  });

  it('means nothing with another emoji, or on a message that isn’t ours', async () => {
    await react(ada, '👍', true);
    await react(ada, '🔖', true, { ...message, message: '99' });
    await react(ada, '🔖', true, { ...message, tenant: 'another' });
    expect(await idsOf(ada)).toEqual([]);
  });
});

describe('the library', () => {
  it('lists the newest bookmark first and finds by words', async () => {
    expect(await bookmarks.save(ada, '2608.00001')).toBe(true);
    expect(await bookmarks.save(ada, '2608.00002')).toBe(true);
    expect(await bookmarks.save(ada, '2608.00002')).toBe(false);
    expect(await idsOf(ada)).toEqual(['2608.00002', '2608.00001']);
    expect(await idsOf(ada, 'robot hands')).toEqual(['2608.00002']);
  });

  it('says whether there was something to remove', async () => {
    await bookmarks.save(ada, '2608.00001');
    expect(await bookmarks.unsave(ada, '2608.00001')).toBe(true);
    expect(await bookmarks.unsave(ada, '2608.00001')).toBe(false);
  });
});

describe('reactions that nobody told us of', () => {
  const reconcile = (...readers: ReaderRef[]) => bookmarks.reconcile(message, '🔖', readers);

  it('are made up for: those put on, and those taken away', async () => {
    await react(ada, '🔖', true);
    await reconcile(bo);
    expect(await idsOf(ada)).toEqual([]);
    expect(await idsOf(bo)).toEqual(['2608.00001']);
  });

  it('change nothing when nothing was missed', async () => {
    await react(ada, '🔖', true);
    await bookmarks.save(bo, '2608.00001');
    await reconcile(ada);
    expect(await idsOf(ada)).toEqual(['2608.00001']);
    expect(await idsOf(bo)).toEqual(['2608.00001']);
  });

  it('tell apart two readers of the same id in two workspaces', async () => {
    const elsewhere = { ...ada, tenant: 'guest-lab' };
    await react(ada, '🔖', true);
    await reconcile(ada, elsewhere);
    expect(await idsOf(elsewhere)).toEqual(['2608.00001']);
  });
});
