import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliverer } from '../../../src/core/digest/deliver.ts';
import { DeliveryError, type DeliveryErrorKind } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { findCircuit } from '../../../src/core/store/circuits.ts';
import { claim, markFailed, releaseClaims } from '../../../src/core/store/claims.ts';
import { openDeliveries } from '../../../src/core/store/deliveries.ts';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import { papersOfMessage } from '../../../src/core/store/message-papers.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { recordDeparture, recordReturn } from '../../../src/core/store/departures.ts';
import { createRecordingInbox } from '../../contract/recording-inbox.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { aStore } from '../store-fixtures.ts';

const MINUTE_MS = 60_000;

let store: Store;
let platform: FakePlatform;
let now: Date;

beforeEach(async () => {
  store = await aStore();
  platform = createFakePlatform();
  now = new Date('2026-08-22T09:00:00Z');
  await platform.start(createRecordingInbox(), []);
  await plan(platform, '2026-08-22');
});

afterEach(() => store.destroy());

async function plan({ channel }: FakePlatform, localDate: string): Promise<boolean> {
  const pages = ['overview', 'first', 'second'].map((summary, position) => ({
    message: { summary, blocks: [] },
    papers: position === 0 ? [`${localDate}-1`, `${localDate}-2`] : [`${localDate}-${position}`],
    inThread: position > 0,
  }));
  const at = now.toISOString();
  return writeDigest(store, { channel, localDate, listDate: '2026-08-21', pages }, at);
}

async function run(platforms: readonly FakePlatform[] = [platform]): Promise<void> {
  await createDeliverer({
    store,
    platforms,
    clock: () => now,
    log: silentLog,
    patienceMs: 0,
  }).deliver();
}

function summaries(on = platform): string[] {
  return on.messages.map(({ message }) => message.summary);
}

describe('deliver', () => {
  it('posts the overview, then the papers in its thread', async () => {
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
    const [overview, first, second] = platform.messages;
    expect(overview?.thread).toBeUndefined();
    expect(first?.thread?.message).toBe(overview?.ref.message);
    expect(second?.thread?.message).toBe(overview?.ref.message);
  });

  it('posts nothing twice', async () => {
    await run();
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
  });

  it('remembers which papers each message shows', async () => {
    await run();
    const shown = platform.messages.map(({ ref }) => papersOfMessage(store, ref));
    expect(await Promise.all(shown)).toEqual([
      ['2026-08-22-1', '2026-08-22-2'],
      ['2026-08-22-1'],
      ['2026-08-22-2'],
    ]);
  });

  it('goes on after the page that was posted when the process died', async () => {
    await run();
    const last = await store
      .updateTable('deliveries')
      .set({ state: 'sending', message_ref: null, sent_at: null })
      .where('position', '=', 2)
      .executeTakeFirst();
    expect(last.numUpdatedRows).toBe(1n);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
    expect(await latestDigests(store, platform.channel, 1)).toEqual([
      { localDate: '2026-08-22', sent: 3, planned: 3 },
    ]);
  });

  it.each<DeliveryErrorKind>(['rate-limited', 'unavailable', 'unknown-outcome'])(
    'tries again later, in order, after %s',
    async (kind) => {
      platform.failNext(new DeliveryError(kind, 'not now', { retryAfterMs: MINUTE_MS }));
      await run();
      expect(summaries()).toEqual([]);
      now = new Date(now.getTime() + MINUTE_MS - 1);
      await run();
      expect(summaries()).toEqual([]);
      now = new Date(now.getTime() + 1);
      await run();
      expect(summaries()).toEqual(['overview', 'first', 'second']);
    },
  );

  it('makes one message of a post that stood although it seemed to fail', async () => {
    const error = new DeliveryError('unknown-outcome', 'the answer never came');
    platform.failNext(error, { posted: true });
    await run();
    now = new Date(now.getTime() + 2 * MINUTE_MS);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
  });

  it('passes over a page that the service won’t have, and says so', async () => {
    await run();
    await plan(platform, '2026-08-23');
    platform.failNext(new DeliveryError('rejected', 'The title is too odd.'), { after: 1 });
    await run();
    expect(summaries().slice(3)).toEqual(['overview', 'second']);
    expect(await latestDigests(store, platform.channel, 1)).toEqual([
      { localDate: '2026-08-23', sent: 2, planned: 3, problem: 'The title is too odd.' },
    ]);
  });

  it('gives up a digest whose overview the service won’t have, and posts the next', async () => {
    await plan(platform, '2026-08-23');
    platform.failNext(new DeliveryError('rejected', 'No.'));
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
    const [, given] = await latestDigests(store, platform.channel, 2);
    expect(given).toEqual({ localDate: '2026-08-22', sent: 0, planned: 3, problem: 'No.' });
  });

  it('takes a bug of ours for a page that can’t be shown', async () => {
    platform.failNext(new TypeError('undefined is not a function'));
    await run();
    expect(summaries()).toEqual([]);
    const [only] = await latestDigests(store, platform.channel, 1);
    expect(only?.problem).toBe('It could not be shown here: the log says why.');
  });
});

describe('a channel that refuses the bot', () => {
  const refuse = () => {
    platform.failNext(new DeliveryError('no-access', 'Grant Send Messages.'));
  };
  const after = (hours: number) => {
    now = new Date(now.getTime() + hours * 60 * MINUTE_MS);
  };

  it('is asked again after 1 h, 2 h, 4 h and so on up to a day, with one page each', async () => {
    for (const hours of [1, 2, 4, 8, 16]) {
      refuse();
      await run();
      after(hours);
      now = new Date(now.getTime() - 1);
      await run();
      now = new Date(now.getTime() + 1);
    }
    expect(platform.posts).toHaveLength(5);
    expect(summaries()).toEqual([]);
  });

  it('gets what waits as soon as it takes messages again', async () => {
    refuse();
    await run();
    expect(await latestDigests(store, platform.channel, 1)).toMatchObject([
      { sent: 0, problem: 'Grant Send Messages.' },
    ]);
    after(1);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
    await plan(platform, '2026-08-23');
    await run();
    expect(summaries()).toHaveLength(6);
  });

  it('does not get a digest of two days ago', async () => {
    refuse();
    await run();
    after(49);
    await run();
    expect(summaries()).toEqual([]);
    expect(await latestDigests(store, platform.channel, 1)).toMatchObject([
      { problem: 'It was more than two days late.' },
    ]);
  });

  describe('in the thread of a digest alone', () => {
    const refuseThread = () => {
      const error = new DeliveryError('no-access', 'Grant Send Messages in Threads.');
      platform.failNext(error, { after: 1 });
    };

    it('gets the next digests all the same, and the papers once its threads take them', async () => {
      refuseThread();
      await run();
      await plan(platform, '2026-08-23');
      await run();
      expect(summaries()).toEqual(['overview', 'overview']);
      expect(platform.posts).toHaveLength(3);
      after(1);
      await run();
      expect(summaries().sort()).toEqual(
        ['overview', 'first', 'second', 'overview', 'first', 'second'].sort(),
      );
    });

    it('is probed in threads ever less often, though its digests are taken', async () => {
      refuseThread();
      await run();
      after(1);
      refuse();
      await run();
      await plan(platform, '2026-08-23');
      after(1);
      await run();
      expect(summaries()).toEqual(['overview', 'overview']);
      expect(await findCircuit(store, platform.channel)).toMatchObject({ failures: 2 });
    });

    it('does not get the papers of two days ago', async () => {
      refuseThread();
      await run();
      after(49);
      await run();
      expect(summaries()).toEqual(['overview']);
      expect(await latestDigests(store, platform.channel, 1)).toMatchObject([
        { sent: 1, problem: 'It was more than two days late.' },
      ]);
    });
  });

  it('is left once it is gone', async () => {
    platform.failNext(new DeliveryError('channel-gone', 'The channel is gone.'));
    await run();
    after(2);
    await run();
    expect(platform.posts).toHaveLength(1);
  });
});

describe('claims', () => {
  const options = () => ({
    store,
    platforms: [platform],
    clock: () => now,
    log: silentLog,
    patienceMs: 0,
  });

  it('keep two workers from posting the same page', async () => {
    await Promise.all([createDeliverer(options()).deliver(), createDeliverer(options()).deliver()]);
    expect(platform.posts).toHaveLength(3);
  });

  it('are rescued within a minute after their worker died', async () => {
    const [first] = await openDeliveries(store, platform.channel);
    const until = new Date(now.getTime() + MINUTE_MS).toISOString();
    if (first === undefined) throw new Error('Nothing is planned');
    await claim(store, first, now.toISOString(), until);
    await run();
    expect(summaries()).toEqual([]);
    now = new Date(now.getTime() + MINUTE_MS);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
    expect(platform.posts[0]?.attemptedAt).toEqual(new Date('2026-08-22T09:00:00Z'));
  });

  it('that were lost change nothing any more', async () => {
    const [first] = await openDeliveries(store, platform.channel);
    if (first === undefined) throw new Error('Nothing is planned');
    const old = await claim(store, first, now.toISOString(), now.toISOString());
    await run();
    if (old === undefined) throw new Error('The page was not claimed');
    await markFailed(store, old.delivery, { state: 'blocked', reason: 'too late' });
    expect(await latestDigests(store, platform.channel, 1)).toEqual([
      { localDate: '2026-08-22', sent: 3, planned: 3 },
    ]);
  });

  it('end when the one worker of the database starts', async () => {
    const [first] = await openDeliveries(store, platform.channel);
    if (first === undefined) throw new Error('Nothing is planned');
    await claim(store, first, now.toISOString(), '2099-01-01T00:00:00.000Z');
    await releaseClaims(store);
    await run();
    expect(summaries()).toHaveLength(3);
  });
});

describe('stopping', () => {
  it('begins no further page, and lets the one under way end', async () => {
    const deliverer = createDeliverer({
      store,
      platforms: [platform],
      clock: () => now,
      log: silentLog,
    });
    const held = platform.holdNext();
    const delivering = deliverer.deliver();
    await held.reached;
    const stopping = deliverer.stop();
    held.release();
    await Promise.all([stopping, delivering]);
    expect(summaries()).toEqual(['overview']);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
  });

  it('leaves a page that never ends to the next start', async () => {
    const deliverer = createDeliverer({
      store,
      platforms: [platform],
      clock: () => now,
      log: silentLog,
      graceMs: 1,
    });
    const held = platform.holdNext();
    const delivering = deliverer.deliver();
    await held.reached;
    await deliverer.stop();
    await releaseClaims(store);
    await run();
    held.release();
    await delivering;
    expect(summaries()).toEqual(['overview', 'first', 'second']);
  });

  it('does not sit out a wait', async () => {
    const deliverer = createDeliverer({
      store,
      platforms: [platform],
      clock: () => now,
      log: silentLog,
    });
    platform.failNext(new DeliveryError('rate-limited', 'wait', { retryAfterMs: 30_000 }));
    const delivering = deliverer.deliver();
    await deliverer.stop();
    await delivering;
    expect(platform.posts.length).toBeLessThanOrEqual(1);
  });
});

describe('deliver beside others', () => {
  it('lets a failing channel hold back no other', async () => {
    const other = createFakePlatform('other');
    await other.start(createRecordingInbox(), []);
    await plan(other, '2026-08-22');
    platform.failNext(new DeliveryError('unavailable', 'down'));
    await run([platform, other]);
    expect(summaries()).toEqual([]);
    expect(summaries(other)).toEqual(['overview', 'first', 'second']);
  });

  it('lets events through between the channels of a crowd', async () => {
    for (let index = 0; index < 20; index += 1) {
      const channel = { ...platform.channel, channel: `crowd-${index}` };
      await plan({ ...platform, channel }, '2026-08-22');
    }
    const over = new AbortController();
    const running = run().finally(() => {
      over.abort();
    });
    let turns = 0;
    for (; !over.signal.aborted; turns += 1) await setImmediate();
    await running;
    expect(platform.messages).toHaveLength(63);
    expect(turns).toBeGreaterThan(20);
  });

  it('tells when an attempt may have reached the service, so that its message is looked for', async () => {
    platform.failNext(new DeliveryError('unknown-outcome', 'lost'));
    await run();
    const tried = now;
    now = new Date(now.getTime() + 60 * MINUTE_MS);
    await run();
    expect(platform.posts.slice(0, 2).map(({ attemptedAt }) => attemptedAt)).toEqual([
      undefined,
      tried,
    ]);
  });

  it('tells of the first such attempt until its outcome is known, however many follow', async () => {
    const tried = now;
    for (const kind of ['unknown-outcome', 'unknown-outcome', 'unavailable'] as const) {
      platform.failNext(new DeliveryError(kind, 'lost'));
      await run();
      now = new Date(now.getTime() + 60 * MINUTE_MS);
    }
    await run();
    expect(platform.posts.slice(0, 4).map(({ attemptedAt }) => attemptedAt)).toEqual([
      undefined,
      tried,
      tried,
      tried,
    ]);
  });

  it('looks as far back as can be for an attempt under a clock that was set back since', async () => {
    platform.failNext(new DeliveryError('unknown-outcome', 'lost'));
    await run();
    now = new Date(now.getTime() - 48 * 60 * MINUTE_MS);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
    expect(platform.posts[1]?.attemptedAt).toEqual(new Date(now.getTime() - 48 * 60 * MINUTE_MS));
  });

  it.each([
    ['is found, and stays', true, ['overview'], 'It was more than two days late.'],
    ['is not posted', false, [], 'It was more than two days late.'],
  ])('of which nothing is known two days long %s', async (_, posted, stand, problem) => {
    platform.failNext(new DeliveryError('unknown-outcome', 'lost'), { posted });
    await run();
    now = new Date(now.getTime() + 49 * 60 * MINUTE_MS);
    await run();
    expect(summaries()).toEqual(stand);
    const [digest] = await latestDigests(store, platform.channel, 1);
    expect(digest).toMatchObject({ sent: stand.length, problem });
  });

  it('tells nothing of an attempt that surely did not reach it', async () => {
    platform.failNext(new DeliveryError('unavailable', 'down'));
    await run();
    now = new Date(now.getTime() + 60 * MINUTE_MS);
    await run();
    expect(platform.posts[1]).not.toHaveProperty('attemptedAt');
  });

  it('posts nothing where the bot was removed, until it is back', async () => {
    await recordDeparture(store, platform.channel, '2026-08-22T08:00:00.000Z');
    await run();
    expect(summaries()).toEqual([]);
    await recordReturn(store, platform.channel);
    await run();
    expect(summaries()).toHaveLength(3);
  });

  it('leaves the digests of a platform that is not configured for later', async () => {
    await run([]);
    await run();
    expect(summaries()).toEqual(['overview', 'first', 'second']);
  });
});

describe('writeDigest', () => {
  it('makes one digest a channel and local date', async () => {
    expect(await plan(platform, '2026-08-22')).toBe(false);
    expect(await plan(platform, '2026-08-23')).toBe(true);
    await run();
    expect(platform.messages).toHaveLength(6);
  });

  it('refuses to plan a paper for a channel twice, and then plans nothing', async () => {
    const again = {
      channel: platform.channel,
      localDate: '2026-08-24',
      listDate: undefined,
      pages: [
        { message: { summary: 'again', blocks: [] }, papers: ['2026-08-22-1'], inThread: false },
      ],
    };
    await expect(writeDigest(store, again, now.toISOString())).rejects.toThrow(/UNIQUE/);
    expect(await latestDigests(store, platform.channel, 9)).toHaveLength(1);
  });
});
