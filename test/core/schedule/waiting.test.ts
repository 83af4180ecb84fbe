import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../src/core/errors.ts';
import { heldPages } from '../../../src/core/store/held-channels.ts';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

let channel: AChannel;

beforeEach(async () => {
  channel = await aChannel([...aList('2026-08-20', 1), ...aList('2026-08-21', 11)]);
  await channel.type('2026-08-21T08:00:00Z', 'subscribe 09:00 UTC daily 20 compact');
});

afterEach(() => channel.store.destroy());

async function fail(kind: 'no-access' | 'held'): Promise<void> {
  channel.platform.failNext(new DeliveryError(kind, 'Grant Send Messages.'));
  await channel.tick('2026-08-21T09:00:00Z');
}

describe('a digest that waits', () => {
  it('is counted in what the preview says of the next one', async () => {
    await fail('no-access');
    const said = await channel.type('2026-08-22T08:00:00Z', 'preview');
    expect(said).toMatch(/\b10 papers/);
  });

  it('is called off with the others where it is held, and its papers stay its own', async () => {
    await fail('held');
    expect(await heldPages(channel.store, 9)).toHaveLength(1);
    await channel.type('2026-08-21T10:00:00Z', 'unsubscribe');
    expect(await heldPages(channel.store, 9)).toEqual([]);
    expect(await channel.type('2026-08-21T10:01:00Z', 'post held')).toMatch(/^Nothing is held/);
    await channel.type('2026-08-21T10:02:00Z', 'post');
    await channel.tick('2026-08-21T10:03:00Z');
    expect(channel.shown().join()).not.toContain('Lanterns of 2026-08-20');
  });

  it('stands in the status for as long as it is held', async () => {
    await fail('held');
    for (let day = 22; day < 30; day += 1) await channel.tick(`2026-08-${day}T09:00:00Z`);
    const said = await channel.status('2026-08-29T10:00:00Z');
    expect(said).toMatch(/21 August.*held/);
  });

  it('is noted for each day of a month in which nothing ran', async () => {
    await channel.tick('2026-09-15T09:00:00Z');
    const noted = (await channel.days()).map(([day]) => day);
    expect(noted).toHaveLength(26);
    expect(noted).toContain('2026-08-21');
  });

  it('stands in the status for two weeks where its service would not have it', async () => {
    channel.platform.failNext(new DeliveryError('rejected', 'The service would not have it.'));
    await channel.tick('2026-08-21T09:00:00Z');
    for (let day = 22; day < 31; day += 1) await channel.tick(`2026-08-${day}T09:00:00Z`);
    expect(await channel.status('2026-08-30T10:00:00Z')).toMatch(/21 August.*would not have it/);
  });

  it('is said to be part of a later one only as far as that one reaches back', async () => {
    await channel.tick('2026-09-15T09:00:00Z');
    const reasons = new Map(await channel.days());
    expect(reasons.get('2026-09-09')).toBe('It is part of the digest of Tuesday 15 September.');
    expect(reasons.get('2026-09-08')).toMatch(/more than two days late/);
  });

  it('is no older than two days, by its slot, when it is posted', async () => {
    channel.platform.failNext(
      new DeliveryError('unavailable', 'The service is down.', {
        retryAfterMs: 3_600_000,
      }),
    );
    await channel.type('2026-08-21T08:30:00Z', 'subscribe friday');
    await channel.tick('2026-08-23T08:00:00Z');
    await channel.tick('2026-08-23T09:01:00Z');
    expect(channel.posted()).toEqual([]);
    expect((await channel.days())[0]).toEqual(['2026-08-21', 'It was more than two days late.']);
  });
});
