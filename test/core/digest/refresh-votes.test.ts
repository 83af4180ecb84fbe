import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeDigest } from '../../../src/core/digest/compose.ts';
import { createDeliverer } from '../../../src/core/digest/deliver.ts';
import { createVoteRefresher, type VoteRefresher } from '../../../src/core/digest/refresh-votes.ts';
import { withVotes } from '../../../src/core/digest/votes.ts';
import { DeliveryError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { putCircuit } from '../../../src/core/store/circuits.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { pagesToRefresh } from '../../../src/core/store/refreshes.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { createRecordingInbox } from '../../contract/recording-inbox.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { textOf } from '../commands/services.ts';
import { aList, aStore } from '../store-fixtures.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-08-21T09:00:00Z');

let store: Store;
let platform: FakePlatform;
let now: Date;
let refresher: VoteRefresher;

beforeEach(async () => {
  now = new Date(START);
  store = await aStore(aList('2026-08-20'));
  platform = createFakePlatform();
  await platform.start(createRecordingInbox(), []);
  refresher = createVoteRefresher(parts());
  await post('2026-08-21', 1);
});

afterEach(() => store.destroy());

function parts() {
  return { store, platforms: [platform], clock: () => now, log: silentLog, patienceMs: 0 };
}

async function post(localDate: string, first: number, layout?: 'channel'): Promise<void> {
  const ranked = aList('2026-08-20', first).map((paper) => ({ paper, score: 1, why: 'new' }));
  const content = { dates: [localDate], ranked, dropped: [], total: 5, sample: false };
  const { channel } = platform;
  const plan = { channel, localDate, listDate: undefined, pages: composeDigest(content, layout) };
  await writeDigest(store, plan, now.toISOString());
  await createDeliverer(parts()).deliver();
}

async function vote(upvotes: number, first = 1): Promise<void> {
  const papers = aList('2026-08-20', first).map((paper) => ({ ...paper, upvotes }));
  await savePapers(store, papers, now.toISOString());
}

/** Some hours after the digest. */
async function after(hours: number): Promise<void> {
  now = new Date(START + hours * HOUR_MS);
  await refresher.refresh(new AbortController().signal);
}

const updates = () => platform.messages.map((message) => message.updates);
const overview = () => textOf(platform.messages[0]!.message);

describe('the votes of a posted digest', () => {
  it('are brought up to date in place after a day, and nothing else of it is changed', async () => {
    const before = overview();
    now = new Date(START + 20 * HOUR_MS);
    await vote(163);
    await after(23);
    expect(overview()).toBe(before);
    await after(24);
    expect(overview()).toBe(before.replace(/▲\d+/g, '▲163'));
    expect(overview()).toContain('▲163 (new)');
    expect(updates()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('stay as they are in threads that an edit would open again, which are asked once', async () => {
    let asked = 0;
    const [overview] = platform.messages;
    const update: FakePlatform['update'] = (ref, ...rest) => {
      if (ref.message === overview?.ref.message) return platform.update(ref, ...rest);
      asked += 1;
      return Promise.reject(new DeliveryError('no-access', 'The thread is at rest.'));
    };
    refresher = createVoteRefresher({ ...parts(), platforms: [{ ...platform, update }] });
    now = new Date(START + 20 * HOUR_MS);
    await vote(163);
    await after(24);
    await vote(164);
    await after(48);
    expect([updates(), asked]).toEqual([[2, 0, 0, 0, 0, 0], 5]);
  });

  it('are left alone in a channel that refuses the bot, until it takes digests again', async () => {
    now = new Date(START + 20 * HOUR_MS);
    await vote(163);
    const circuit = { reason: 'Grant it.', openedAt: now.toISOString(), failures: 1 };
    await putCircuit(store, platform.channel, { ...circuit, probeAt: now.toISOString() });
    await after(24);
    expect(updates()).toEqual([0, 0, 0, 0, 0, 0]);
    await store.deleteFrom('circuits').execute();
    await after(25);
    expect(updates()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('of a busy tenant wait, and ask it no more in that minute', async () => {
    now = new Date(START + 20 * HOUR_MS);
    await vote(163);
    let asked = 0;
    const update: FakePlatform['update'] = () => {
      asked += 1;
      return Promise.reject(new DeliveryError('rate-limited', 'wait', { retryAfterMs: HOUR_MS }));
    };
    refresher = createVoteRefresher({ ...parts(), platforms: [{ ...platform, update }] });
    await after(24);
    expect(asked).toBe(1);
    expect(await pagesToRefresh(store, now.toISOString(), 9)).toEqual([]);
    refresher = createVoteRefresher(parts());
    await after(26);
    expect(updates()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('are told with what stands there, so that nothing of a long list is lost', async () => {
    const before = platform.messages.map(({ message }) => message);
    const told: unknown[] = [];
    const update: FakePlatform['update'] = (_ref, _message, was) => {
      told.push(was);
      return Promise.resolve();
    };
    refresher = createVoteRefresher({ ...parts(), platforms: [{ ...platform, update }] });
    now = new Date(START + 20 * HOUR_MS);
    await vote(163);
    await after(24);
    expect(told).toEqual(before);
  });

  it('are changed once a day at most, for a week, and only when they grew', async () => {
    for (let hours = 1; hours <= 24 * 10; hours += 1) {
      now = new Date(START + hours * HOUR_MS);
      if (hours < 72 || hours > 96) await vote(hours);
      await after(hours);
    }
    expect(updates()[0]).toBeGreaterThanOrEqual(5);
    expect(updates()[0]).toBeLessThanOrEqual(7);
    expect(overview()).toContain('▲168');
  });

  it('take three edits an hour in a channel at most', async () => {
    now = new Date(START + HOUR_MS);
    await post('2026-08-22', 11, 'channel');
    await vote(163, 11);
    const perHour: number[] = [];
    for (let hours = 25; hours < 29; hours += 1) {
      const before = updates().reduce((sum, count) => sum + count, 0);
      for (let minute = 0; minute < 60; minute += 1) await after(hours + minute / 60);
      perHour.push(updates().reduce((sum, count) => sum + count, 0) - before);
    }
    expect(perHour).toEqual([3, 2, 0, 0]);
  });

  it('40: are not held up by an edit that a clock which ran ahead has noted', async () => {
    now = new Date(START + 20 * HOUR_MS);
    await vote(163);
    await after(24);
    await store.updateTable('deliveries').set({ refresh_at: now.toISOString() }).execute();
    await vote(164);
    const ahead = 9_000;
    now = new Date(START + ahead * HOUR_MS);
    await refresher.refresh(new AbortController().signal);
    await store.updateTable('deliveries').set({ refresh_at: '2026-08-21' }).execute();
    await vote(165);
    await after(25);
    expect(overview()).toContain('▲165 (new)');
  });

  it('wait for a service that is busy, and lose nothing', async () => {
    await after(20);
    await vote(163);
    platform.failNext(new DeliveryError('rate-limited', 'wait', { retryAfterMs: HOUR_MS }));
    await after(24);
    await after(24.9);
    expect(updates()[0]).toBe(0);
    await after(25);
    expect(updates()[0]).toBe(1);
  });

  it('of a message that was deleted hold up no other', async () => {
    await after(20);
    await vote(163);
    platform.failNext(new DeliveryError('rejected', 'The message no longer exists.'));
    await after(24);
    await after(25);
    expect(updates()[0]).toBe(0);
    await vote(200);
    await after(48);
    expect(updates()[0]).toBe(1);
  });
});

describe('withVotes', () => {
  it('changes the votes of cards and of lines, and never a title', () => {
    const href = 'https://huggingface.co/papers/2608.00001';
    const card = { id: '2608.00001', title: '▲1', href, authors: '', upvotes: 1, links: [] };
    const message = {
      summary: '▲1',
      blocks: [
        { type: 'heading', text: ' ▲1' },
        { type: 'paper', paper: card },
        { type: 'paper', paper: { ...card, id: '2608.00002' } },
        {
          type: 'list',
          ordered: true,
          items: [[{ text: ' ▲1', href }, { text: ' ▲1 (▲1)' }], [{ text: ' ▲1' }]],
        },
      ],
    } as const;
    expect(withVotes(message, new Map([['2608.00001', 7]]))).toEqual({
      ...message,
      blocks: [
        message.blocks[0],
        { type: 'paper', paper: { ...card, upvotes: 7 } },
        message.blocks[2],
        {
          type: 'list',
          ordered: true,
          items: [[{ text: ' ▲1', href }, { text: ' ▲7 (▲1)' }], [{ text: ' ▲1' }]],
        },
      ],
    });
  });
});
