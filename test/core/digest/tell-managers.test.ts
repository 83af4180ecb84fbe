import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliverer } from '../../../src/core/digest/deliver.ts';
import { tellManagers } from '../../../src/core/digest/tell-managers.ts';
import { DeliveryError, type DeliveryErrorKind } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { putCircuit } from '../../../src/core/store/circuits.ts';
import { recordDeparture, recordReturn } from '../../../src/core/store/departures.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { putSubscription } from '../../../src/core/store/subscriptions.ts';
import { createRecordingInbox } from '../../contract/recording-inbox.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { createLog, createSubscription, textOf, type LogLine } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

const HOUR_MS = 3_600_000;

let store: Store;
let platform: FakePlatform;
let now: Date;

beforeEach(async () => {
  store = await aStore();
  platform = createFakePlatform();
  now = new Date('2026-08-22T09:00:00Z');
  await platform.start(createRecordingInbox(), []);
  const { channel } = platform;
  const reader = { platform: 'fake', tenant: 'all of it', user: 'ada' };
  const subscription = createSubscription({ channel, reader, timezone: 'UTC' });
  await putSubscription(store, subscription, now.toISOString());
  await plan('2026-08-22');
});

afterEach(() => store.destroy());

async function plan(localDate: string): Promise<void> {
  const pages = [{ message: { summary: localDate, blocks: [] }, papers: [], inThread: false }];
  const { channel } = platform;
  await writeDigest(store, { channel, localDate, listDate: undefined, pages }, now.toISOString());
}

const parts = () => {
  return { store, platforms: [platform], clock: () => now, log: silentLog, patienceMs: 0 };
};

/** A minute of the bot's life. */
async function minute(): Promise<void> {
  await createDeliverer(parts()).deliver();
  await tellManagers(parts(), new AbortController().signal);
  now = new Date(now.getTime() + 60_000);
}

function refuse(kind: DeliveryErrorKind = 'no-access'): void {
  platform.failNext(new DeliveryError(kind, 'Grant Send Messages in #papers.'));
}

describe('the manager of a channel', () => {
  it('that refuses the bot is told once, in private, what to do', async () => {
    refuse();
    await minute();
    await minute();
    expect(platform.told).toMatchObject([
      { reader: { platform: 'fake', tenant: 'all of it', user: 'ada' }, about: platform.channel },
    ]);
    expect(textOf(platform.told[0]!.message)).toBe(
      'I can’t post the digest that you set up.\n' +
        'Grant Send Messages in #papers.\n' +
        'Then it goes on by itself: I try again Saturday 22 August at 10:00 (UTC), in 60 minutes, ' +
        'and what waits comes then.',
    );
    now = new Date(now.getTime() + HOUR_MS);
    refuse();
    await minute();
    expect(platform.told).toHaveLength(1);
  });

  it('is told again where the channel refuses the bot for something else, and of that once', async () => {
    refuse();
    await minute();
    for (const hours of [1, 2, 4]) {
      now = new Date(now.getTime() + hours * HOUR_MS);
      platform.failNext(new DeliveryError('no-access', 'Grant Embed Links in #papers.'));
      await minute();
    }
    expect(platform.told.map(({ message }) => message.summary)).toEqual([
      'I can’t post the digest that you set up. Grant Send Messages in #papers.',
      'I can’t post the digest that you set up. Grant Embed Links in #papers.',
    ]);
  });

  it('is told again where first the threads refuse the bot, and then the channel for the same', async () => {
    const circuit = { reason: 'Grant it.', failures: 1, openedAt: now.toISOString() };
    for (const threadsOnly of [true, true, false, false]) {
      const probeAt = new Date(now.getTime() + HOUR_MS).toISOString();
      await putCircuit(store, platform.channel, { ...circuit, probeAt, threadsOnly });
      await minute();
    }
    expect(platform.told).toHaveLength(2);
  });

  it('is told that only the thread takes nothing, where the overview stands', async () => {
    const circuit = { reason: 'It is locked.', failures: 1, openedAt: now.toISOString() };
    const probeAt = new Date(now.getTime() + HOUR_MS).toISOString();
    await putCircuit(store, platform.channel, { ...circuit, probeAt, threadsOnly: true });
    await minute();
    expect(platform.told.map(({ message }) => message.summary)).toEqual([
      'I can’t post all of the digest that you set up: its thread takes nothing. It is locked.',
    ]);
  });

  it('is told again of the next trouble, once this one is over', async () => {
    refuse();
    await minute();
    now = new Date(now.getTime() + HOUR_MS);
    await minute();
    expect(platform.messages).toHaveLength(1);
    await plan('2026-08-23');
    refuse();
    await minute();
    expect(platform.told).toHaveLength(2);
  });

  it.each<DeliveryErrorKind>(['rate-limited', 'unavailable', 'unknown-outcome', 'rejected'])(
    'is not told of what is %s',
    async (kind) => {
      refuse(kind);
      await minute();
      await minute();
      expect(platform.told).toEqual([]);
    },
  );

  it('that holds a digest is told once, with what to do, and again of the next one', async () => {
    const hold = () => {
      platform.failNext(new DeliveryError('held', 'It may stand there already.'));
    };
    hold();
    await minute();
    await minute();
    expect(platform.told.map(({ message }) => textOf(message))).toEqual([
      'A digest that you set up waits for you.\nIt may stand there already.\nLook in the channel: ' +
        '/papers post held posts the newest digest that is held, and /papers post drop gives it up.',
    ]);
    await plan('2026-08-23');
    hold();
    await minute();
    await minute();
    expect(platform.told).toHaveLength(2);
  });

  it('that holds two digests is told of the second alone, though that failed once', async () => {
    platform.failNext(new DeliveryError('held', 'It may stand there already.'));
    await minute();
    await plan('2026-08-23');
    platform.failNext(new DeliveryError('held', 'It may stand there already.'));
    await createDeliverer(parts()).deliver();
    platform.failNext(new DeliveryError('unavailable', 'down'));
    await minute();
    now = new Date(now.getTime() + 10 * 60_000);
    await minute();
    expect(platform.told).toHaveLength(2);
  });

  it('that holds a digest is told later where its service was down', async () => {
    platform.failNext(new DeliveryError('held', 'It may stand there already.'));
    await createDeliverer(parts()).deliver();
    platform.failNext(new DeliveryError('unavailable', 'down'));
    await minute();
    expect(platform.told).toEqual([]);
    now = new Date(now.getTime() + 10 * 60_000);
    await minute();
    expect(platform.told).toHaveLength(1);
  });

  it('that is gone is told once', async () => {
    refuse('channel-gone');
    await minute();
    await minute();
    expect(platform.told).toHaveLength(1);
    expect(platform.told[0]?.message.summary).toBe(
      'I no longer post the digest that you set up. Grant Send Messages in #papers.',
    );
  });

  it('that took the bot out of it is told once, and again the next time', async () => {
    await recordDeparture(store, platform.channel, now.toISOString());
    await minute();
    await recordDeparture(store, platform.channel, now.toISOString());
    await minute();
    expect(platform.told.map(({ message }) => message.summary)).toEqual([
      'I no longer post the digest that you set up. The channel was deleted or archived, or I was taken out of it.',
    ]);
    await recordReturn(store, platform.channel);
    await recordDeparture(store, platform.channel, now.toISOString());
    await minute();
    expect(platform.told).toHaveLength(2);
  });

  it('is not written to where the bot was removed from the whole tenant', async () => {
    await recordDeparture(store, { platform: 'fake', tenant: 'lab' }, now.toISOString());
    await minute();
    expect(platform.told).toEqual([]);
    await recordDeparture(store, platform.channel, now.toISOString());
    await minute();
    await minute();
    expect(platform.told).toHaveLength(1);
  });

  it('is left alone where nobody subscribed', async () => {
    await store.deleteFrom('subscriptions').execute();
    refuse();
    await minute();
    expect(platform.told).toEqual([]);
  });

  it('who takes no direct messages is tried once, and it is logged', async () => {
    refuse();
    await createDeliverer({
      store,
      platforms: [platform],
      clock: () => now,
      log: silentLog,
    }).deliver();
    const lines: LogLine[] = [];
    const parts = { store, platforms: [platform], clock: () => now, log: createLog(lines) };
    platform.failNext(new DeliveryError('no-access', 'This person takes no direct messages.'));
    await tellManagers(parts, new AbortController().signal);
    await tellManagers(parts, new AbortController().signal);
    expect(platform.told).toEqual([]);
    expect(lines.map(({ message }) => message)).toEqual([
      'a channel’s manager was not told of its trouble',
    ]);
  });

  it('is told as soon as the service can, where it was down', async () => {
    await recordDeparture(store, platform.channel, now.toISOString());
    platform.failNext(new DeliveryError('unavailable', 'down'));
    await minute();
    expect(platform.told).toEqual([]);
    await minute();
    expect(platform.told).toEqual([]);
    now = new Date(now.getTime() + 10 * 60_000);
    await minute();
    expect(platform.told).toHaveLength(1);
  });

  it('does not wait for those of a platform that is down, or is not configured', async () => {
    const since = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
    const [gone, down] = [createFakePlatform('gone'), createFakePlatform('down')];
    for (const [index, { channel, reader }] of [gone, down].entries()) {
      for (let n = 0; n < 50; n += 1) {
        const each = { ...channel, channel: `${n}` };
        const subscription = createSubscription({ channel: each, reader });
        await putSubscription(store, subscription, now.toISOString());
        await recordDeparture(store, each, since(-200 + 60 * index + n));
      }
    }
    await recordDeparture(store, platform.channel, now.toISOString());
    const lines: LogLine[] = [];
    const parts = { store, platforms: [down, platform], clock: () => now, log: createLog(lines) };
    await tellManagers(parts, new AbortController().signal);
    expect(platform.told).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });
});
