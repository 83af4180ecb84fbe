import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../src/core/errors.ts';
import { planFailures } from '../../../src/core/store/plan-failures.ts';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

let channel: AChannel;

beforeEach(async () => {
  const lists = ['2026-08-19', '2026-08-20', '2026-08-21', '2026-08-22'];
  channel = await aChannel(lists.flatMap((date, index) => aList(date, 1 + 10 * index)));
  await channel.type('2026-08-20T12:00:00Z', 'subscribe 09:00 UTC daily 2');
});

afterEach(() => channel.store.destroy());

describe('a slot that has come and is not planned yet', () => {
  it.each([
    'topics add agents',
    'mute add cats',
    'subscribe 18:00',
    'subscribe 18:00 UTC',
    'subscribe timezone:Pacific/Honolulu',
    'subscribe days:mon',
  ])('is not lost to %s', async (change) => {
    await channel.type('2026-08-21T09:00:20Z', change);
    await channel.tick('2026-08-21T09:01:00Z');
    expect(await channel.days()).toHaveLength(1);
    expect(channel.posted()).toHaveLength(3);
  });

  it('is promised for now, and the next one for a day that has had none', async () => {
    const answer = await channel.type('2026-08-21T09:00:20Z', 'subscribe 18:00');
    expect(answer).toContain('any moment now');
    await channel.tick('2026-08-21T09:01:00Z');
    expect(await channel.nextDue()).toBe('2026-08-22T18:00:00.000Z');
  });
});

describe('after the digest of a day', () => {
  it('another time is promised for the next day, not for the same one', async () => {
    await channel.tick('2026-08-21T09:00:00Z');
    const answer = await channel.type('2026-08-21T10:00:00Z', 'subscribe 17:00');
    expect(answer).toContain('The next digest comes Saturday 22 August at 17:00 (UTC)');
    await channel.tick('2026-08-21T17:00:00Z');
    expect(await channel.nextDue()).toBe('2026-08-22T17:00:00.000Z');
    await channel.tick('2026-08-22T17:00:00Z');
    expect(await channel.days()).toEqual([
      ['2026-08-22', undefined],
      ['2026-08-21', undefined],
    ]);
  });

  it('a slot that comes all the same stands in for nothing that waits', async () => {
    channel.platform.failNext(new DeliveryError('no-access', 'Not here.'));
    await channel.tick('2026-08-21T09:00:00Z');
    await channel.type('2026-08-21T10:00:00Z', 'subscribe 17:00');
    await channel.store
      .updateTable('subscriptions')
      .set({ next_due: '2026-08-21T17:00:00.000Z' })
      .execute();
    await channel.tick('2026-08-21T17:00:00Z');
    expect(channel.posted()).toHaveLength(3);
  });
});

describe('a change while due slots are planned', () => {
  it('is kept, and the digest comes', async () => {
    channel.beforePlanning(() => channel.type('2026-08-21T09:00:00Z', 'subscribe 18:00 3'));
    await channel.tick('2026-08-21T09:00:00Z');
    expect(channel.posted()).toHaveLength(4);
    expect(await channel.nextDue()).toBe('2026-08-22T18:00:00.000Z');
  });

  it('that ends the digests is heeded', async () => {
    channel.beforePlanning(() => channel.type('2026-08-21T09:00:00Z', 'unsubscribe'));
    await channel.tick('2026-08-21T09:00:00Z');
    await channel.tick('2026-08-21T09:01:00Z');
    expect(channel.posted()).toEqual([]);
  });
});

describe('who changed a channel last', () => {
  it.each(['subscribe 18:00', 'topics add agents'])('by %s is its manager', async (text) => {
    const grace = { ...channel.platform.reader, user: 'grace' };
    await channel.platform.type(text, { reader: grace });
    const rows = await channel.store.selectFrom('subscriptions').selectAll().execute();
    expect(rows).toMatchObject([{ created_by: 'grace', created_in: 'lab' }]);
  });
});

describe('unsubscribing', () => {
  const later = '2026-08-21T09:05:00Z';
  const reasons = async () =>
    new Set(
      (await channel.store.selectFrom('deliveries').select('reason').execute()).map(
        (row) => row.reason,
      ),
    );

  it('skips what waits to be posted, and says so', async () => {
    channel.platform.failNext(new DeliveryError('unavailable', 'Not now.'), { after: 1 });
    await channel.tick('2026-08-21T09:00:00Z');
    await channel.type('2026-08-21T09:00:10Z', 'unsubscribe');
    await channel.tick(later);
    expect(channel.posted()).toHaveLength(1);
    expect(await reasons()).toEqual(new Set([null, 'The channel was unsubscribed.']));
  });

  it('calls off the next try of a page that is being posted, and keeps one that stands', async () => {
    const { platform } = channel;
    for (const [day, error] of [
      ['21', new DeliveryError('unavailable', 'Not now.')],
      ['22'],
    ] as const) {
      await channel.type(`2026-08-${day}T08:00:00Z`, 'subscribe 09:00 UTC daily');
      const held = platform.holdNext();
      if (error) platform.failNext(error);
      const ticking = channel.tick(`2026-08-${day}T09:00:00Z`);
      await held.reached;
      await channel.type(`2026-08-${day}T09:00:01Z`, 'unsubscribe');
      held.release();
      await ticking;
      await channel.tick(`2026-08-${day}T09:05:00Z`);
      expect(channel.posted()).toHaveLength(error ? 0 : 1);
    }
    const sent = await channel.store
      .selectFrom('deliveries')
      .select('position')
      .where('state', '=', 'sent')
      .execute();
    expect(sent).toEqual([{ position: 0 }]);
  });

  it('forgets that the channel refused the bot', async () => {
    channel.platform.failNext(new DeliveryError('no-access', 'Not here.'));
    await channel.tick('2026-08-21T09:00:00Z');
    expect(await channel.store.selectFrom('circuits').select('reason').execute()).toHaveLength(1);
    await channel.type(later, 'unsubscribe');
    expect(await channel.store.selectFrom('circuits').select('reason').execute()).toEqual([]);
  });
});

describe('a digest that can’t be made', () => {
  const breakIt = (topics: string) =>
    channel.store.updateTable('subscriptions').set({ topics }).execute();

  it('is said so, tried ever less often, and comes as soon as it can be', async () => {
    await breakIt('[1]');
    for (const time of ['09:00', '09:01', '09:02', '09:03']) {
      await channel.tick(`2026-08-21T${time}:00Z`);
    }
    const [failure] = await planFailures(channel.store, { most: 9 });
    expect(failure).toMatchObject({
      since: '2026-08-21T09:00:00.000Z',
      retryAt: '2026-08-21T09:07:00.000Z',
    });
    expect(failure?.reason).not.toBe('');
    await channel.platform.type('status');
    const answer = JSON.stringify(channel.platform.privateReplies.at(-1)?.message);
    expect(answer).toContain('Its digest could not be made. ');
    expect(answer).not.toContain('The next digest comes');
    await breakIt('[]');
    await channel.tick('2026-08-21T09:06:00Z');
    expect(channel.posted()).toEqual([]);
    await channel.tick('2026-08-21T09:07:00Z');
    expect(channel.posted()).toHaveLength(3);
    expect(await planFailures(channel.store, { most: 9 })).toEqual([]);
  });
});

describe('after three days off', () => {
  it('41: a command before the first tick loses nothing: one digest comes, and the others are noted', async () => {
    const answer = await channel.type('2026-08-23T09:00:10Z', 'subscribe 18:00');
    expect(answer).toContain('any moment now');
    await channel.tick('2026-08-23T09:01:00Z');
    expect((await channel.days()).map(([localDate]) => localDate)).toEqual([
      '2026-08-22',
      '2026-08-21',
    ]);
    expect(channel.posted()).toHaveLength(3);
    expect(await channel.nextDue()).toBe('2026-08-23T18:00:00.000Z');
  });
});
