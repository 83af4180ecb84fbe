import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import { createPaperboy } from '../../src/core/paperboy.ts';
import type { ChannelRef, ChatPlatform } from '../../src/core/platform.ts';
import { findCircuit, putCircuit } from '../../src/core/store/circuits.ts';
import { writeDigest } from '../../src/core/store/digests.ts';
import type { Store } from '../../src/core/store/open.ts';
import { getSubscription, putSubscription } from '../../src/core/store/subscriptions.ts';
import { createFakePlatform } from '../fakes/fake-platform.ts';
import { createSubscription } from './commands/services.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';
import { aStore } from './store-fixtures.ts';

let store: Store;
let time: ManualTime;

beforeEach(async () => {
  store = await aStore();
  time = createManualTime();
});

afterEach(() => store.destroy());

function paperboyOn(...platforms: readonly ChatPlatform[]) {
  return createPaperboy({
    store,
    sources: [],
    platforms,
    settings: { weights: {}, profile: { topics: [], muted: [], follows: [] } },
    clock: () => new Date('2026-08-21T09:00:00Z'),
    log: silentLog,
    turns: time,
  });
}

async function planIn(channel: ChannelRef): Promise<void> {
  const at = '2026-08-21T08:59:00.000Z';
  const pages = [{ message: { summary: 'digest', blocks: [] }, papers: [], inThread: false }];
  const localDate = '2026-08-21';
  await writeDigest(store, { channel, localDate, listDate: '2026-08-20', pages }, at);
}

describe('starting', () => {
  it('runs every platform until it is stopped', async () => {
    const [one, other] = [createFakePlatform('one'), createFakePlatform('other')];
    const paperboy = paperboyOn(one, other);
    await paperboy.start();
    expect([one.running, other.running]).toEqual([true, true]);
    await paperboy.stop();
    expect([one.running, other.running]).toEqual([false, false]);
  });

  it('leaves none running behind one that fails, and says why', async () => {
    const one = createFakePlatform('one');
    const failing: ChatPlatform = {
      ...createFakePlatform('failing'),
      start: () => Promise.reject(new DeliveryError('unavailable', 'The token is refused.')),
    };
    await expect(paperboyOn(failing, one).start()).rejects.toThrow('The token is refused.');
    expect(one.running).toBe(false);
  });

  it('fails at once, though another one still waits for its service', async () => {
    const waiting = createFakePlatform('waiting');
    let up: () => void = () => undefined;
    const late: ChatPlatform = {
      ...waiting,
      start: async (inbox, commands) => {
        await new Promise<void>((resolve) => (up = resolve));
        await waiting.start(inbox, commands);
      },
      stop: async () => {
        up();
        await waiting.stop();
      },
    };
    const failing: ChatPlatform = {
      ...createFakePlatform('failing'),
      start: () => Promise.reject(new DeliveryError('unavailable', 'The token is refused.')),
    };
    await expect(paperboyOn(late, failing).start()).rejects.toThrow('The token is refused.');
    expect(waiting.running).toBe(false);
  });

  it('posts where it can while another platform still waits for its service', async () => {
    const [one, other] = [createFakePlatform('one'), createFakePlatform('other')];
    for (const { channel } of [one, other]) await planIn(channel);
    let up: () => void = () => undefined;
    const late: ChatPlatform = {
      ...other,
      start: async (inbox, commands) => {
        await new Promise<void>((resolve) => (up = resolve));
        await other.start(inbox, commands);
      },
    };
    const paperboy = paperboyOn(one, late);
    const starting = paperboy.start();
    await vi.waitFor(() => {
      expect(one.messages).toHaveLength(1);
    });
    expect(other.posts).toEqual([]);
    up();
    await starting;
    // At once: the next tick is up to a minute away.
    await vi.waitFor(() => {
      expect(other.messages).toHaveLength(1);
    });
    await paperboy.stop();
  });
});

describe('a tick', () => {
  it('40: puts right what a clock that ran a year ahead has left', async () => {
    const fake = createFakePlatform();
    const { channel } = fake;
    const [then, probeAt] = [new Date('2027-08-21T09:00:00Z'), '2027-08-21T09:00:00.000Z'];
    await putSubscription(store, createSubscription({ channel, nextDue: then }), probeAt);
    await putCircuit(store, channel, { reason: '', openedAt: probeAt, failures: 1, probeAt });
    const paperboy = paperboyOn(fake);
    await paperboy.start();
    await vi.waitFor(async () => {
      expect((await getSubscription(store, channel))?.nextDue.getFullYear()).toBe(2026);
      expect((await findCircuit(store, channel))?.probeAt).toBe('2026-08-21T09:00:00.000Z');
    });
    await paperboy.stop();
  });
});

describe('stopping', () => {
  it('does at once what still waits for its reader’s turn', async () => {
    const platform = createFakePlatform();
    const paperboy = paperboyOn(platform);
    await paperboy.start();
    const asked = Promise.all(Array.from({ length: 26 }, () => platform.type('help')));
    await vi.waitFor(() => {
      expect(platform.privateReplies).toHaveLength(6);
    });
    await paperboy.stop();
    await asked;
    expect(platform.privateReplies).toHaveLength(26);
    expect(time.monotonic()).toBe(0);
  });
});
