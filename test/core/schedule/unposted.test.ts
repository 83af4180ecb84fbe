import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError, type DeliveryErrorKind } from '../../../src/core/errors.ts';
import { claim } from '../../../src/core/store/claims.ts';
import { openDeliveries } from '../../../src/core/store/deliveries.ts';
import { claimedPapers, postedPapers } from '../../../src/core/store/posted-papers.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import { dropHeld } from '../../../src/core/store/held-pages.ts';
import { textOf } from '../commands/services.ts';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

const HOUR_MS = 3_600_000;
const SUBSCRIBE = 'subscribe 09:00 UTC fri 5';
/** The first of the list of 20 August. */
const BEST = '2608.00011';

let channel: AChannel;

beforeEach(async () => {
  channel = await aChannel([...aList('2026-08-13', 1), ...aList('2026-08-20', 11)]);
  await channel.type('2026-08-14T08:00:00Z', SUBSCRIBE);
  await channel.tick('2026-08-14T09:00:00Z');
  expect(channel.posted()).toHaveLength(6);
});

afterEach(() => channel.store.destroy());

function refuse(kind: DeliveryErrorKind = 'no-access'): void {
  channel.platform.failNext(new DeliveryError(kind, 'Grant Send Messages.'));
}

/** Hours of minutes' starts, in each of which the channel refuses. */
async function refuseFor(hours: number, from = '2026-08-21T09:00:00Z'): Promise<void> {
  for (let hour = 0; hour <= hours; hour += 1) {
    refuse();
    await channel.tick(new Date(Date.parse(from) + hour * HOUR_MS).toISOString());
  }
  channel.platform.failNext(new Error('never'), { after: 1e9 });
}

async function askAndUnsubscribe(): Promise<void> {
  expect(await channel.type('2026-08-20T08:00:00Z', 'post')).toMatch(/^Posting 5 papers here now/);
  refuse();
  await channel.tick('2026-08-20T08:00:00Z');
  await channel.type('2026-08-20T08:05:00Z', 'unsubscribe');
  await channel.type('2026-08-20T08:06:00Z', SUBSCRIBE);
}

describe('a digest of which nothing was ever posted', () => {
  it('is asked for again on the same day, once it was called off', async () => {
    await askAndUnsubscribe();
    const answer = await channel.type('2026-08-20T08:07:00Z', 'post');
    expect(answer).toMatch(/^Posting 5 papers here now/);
    await channel.tick('2026-08-20T08:08:00Z');
    expect(channel.posted()).toHaveLength(12);
    expect(await channel.type('2026-08-20T08:09:00Z', 'post')).toMatch(/^There is nothing new/);
  });

  it('leaves its papers to the next one, after two days of refusals', async () => {
    await refuseFor(72);
    expect(await channel.days()).toContainEqual(['2026-08-21', 'It was more than two days late.']);
    const answer = await channel.type('2026-08-24T12:00:00Z', 'post');
    expect(answer).toMatch(/^Posting 5 papers here now/);
    await channel.tick('2026-08-24T12:00:00Z');
    expect(channel.posted()).toHaveLength(12);
  });

  it('is not taken up again by who still holds a page of it', async () => {
    expect(await channel.type('2026-08-20T08:00:00Z', 'post')).toMatch(/^Posting 5/);
    const [old] = await openDeliveries(channel.store, channel.platform.channel);
    await channel.type('2026-08-20T08:05:00Z', 'unsubscribe');
    await channel.type('2026-08-20T08:07:00Z', 'post');
    const now = '2026-08-20T08:07:00.000Z';
    expect(old && (await claim(channel.store, old, now, now))).toBeUndefined();
  });

  it('is not said to be posted while it waits, nor when it was refused for what it holds', async () => {
    const { store, platform } = channel;
    const preview = async () => textOf((await platform.type('preview')).message);
    await channel.type('2026-08-20T08:00:00Z', 'post');
    expect(await preview()).toContain('planned for the digest of Thursday 20 August');
    refuse('rejected');
    await channel.tick('2026-08-20T08:00:00Z');
    expect(await preview()).toContain('planned for the digest of Thursday 20 August');
    const posted = await postedPapers(store, platform.channel, [BEST, '2608.00001']);
    expect(posted).toEqual(new Map([['2608.00001', '2026-08-14']]));
  });

  it('is said to be tried again where it waits since the channel refuses', async () => {
    await channel.type('2026-08-20T08:00:00Z', 'post');
    refuse();
    await channel.tick('2026-08-20T08:00:00Z');
    expect(await channel.type('2026-08-20T08:05:00Z', 'post')).toMatch(
      /^I try again now to post what waits here. So far I could not post here: Grant Send/,
    );
  });
});

describe('what waits, though the channel takes messages', () => {
  it.each(['unavailable', 'unknown-outcome', 'rate-limited'] as const)(
    'after %s, is named by post, preview and status',
    async (kind) => {
      await channel.type('2026-08-20T08:00:00Z', 'post');
      refuse(kind);
      await channel.tick('2026-08-20T08:00:00Z');
      expect(await channel.type('2026-08-20T08:00:10Z', 'post')).toMatch(
        /^I try now to post what waits here\. The next digest/,
      );
      const preview = textOf((await channel.platform.type('preview')).message);
      expect(preview).toContain('what waits to be posted here: /papers status');
      expect(await channel.status('2026-08-20T08:00:10Z')).toContain(
        'Thursday 20 August, asked for: 0 of 6 messages posted — Grant Send Messages. It is tried again',
      );
    },
  );

  it('is tried again when its service asked for that, also for post', async () => {
    await channel.type('2026-08-20T08:00:00Z', 'post');
    const options = { retryAfterMs: HOUR_MS };
    channel.platform.failNext(new DeliveryError('rate-limited', 'Too many.', options));
    await channel.tick('2026-08-20T08:00:00Z');
    expect(await channel.type('2026-08-20T08:30:00Z', 'post')).toMatch(
      /^I try again Thursday 20 August at 09:00 \(UTC\), in 30 minutes to post what waits here;/,
    );
    expect(await channel.status('2026-08-20T08:30:00Z')).toContain(
      'Too many. It is tried again Thursday 20 August at 09:00 (UTC), in 30 minutes.',
    );
  });

  it('and what is held, are both named by post', async () => {
    const { store, platform } = channel;
    const page = { message: { summary: 'x', blocks: [] }, papers: [], inThread: false };
    const plan = { channel: platform.channel, localDate: '2026-08-19', listDate: undefined };
    const held = { ...plan, pages: [page], held: 'Restored.' };
    await writeDigest(store, held, '2026-08-19T09:00:00.000Z');
    expect(await channel.type('2026-08-20T08:00:00Z', 'post')).toMatch(
      /^Posting 5 .*A digest is held here\. .*\/papers post held/,
    );
    expect(await channel.type('2026-08-20T08:05:00Z', 'post')).toMatch(
      /^I try now to post what waits here\. A digest is held here\. .*\/papers post held/,
    );
  });
});

describe('what may have been posted stays claimed', () => {
  const isFree = async () => {
    const { store, platform } = channel;
    return (await claimedPapers(store, platform.channel, [BEST])).size === 0;
  };

  it('where nobody knows what came of an attempt', async () => {
    await channel.type('2026-08-20T08:00:00Z', 'post');
    refuse('unknown-outcome');
    await channel.tick('2026-08-20T08:00:00Z');
    await channel.type('2026-08-20T08:05:00Z', 'unsubscribe');
    expect(await isFree()).toBe(false);
    expect(await channel.type('2026-08-20T08:07:00Z', 'post')).toMatch(/^There is nothing new/);
  });

  it('where the first page stands, and the others came too late', async () => {
    await channel.type('2026-08-20T08:00:00Z', 'settings layout:channel');
    await channel.type('2026-08-20T08:00:00Z', 'post');
    channel.platform.failNext(new DeliveryError('no-access', 'No.'), { after: 1 });
    await channel.tick('2026-08-20T08:00:00Z');
    await refuseFor(24, '2026-08-22T08:00:01Z');
    const last = (await channel.days()).find(([day]) => day === '2026-08-20');
    expect(last).toEqual(['2026-08-20', 'It was more than two days late.']);
    expect(await isFree()).toBe(false);
  });

  it('where a person gave up what was held, though nothing is known of an attempt', async () => {
    const { store, platform } = channel;
    const page = { message: { summary: 'x', blocks: [] }, papers: [BEST], inThread: false };
    const plan = { channel: platform.channel, localDate: '2026-08-20', listDate: undefined };
    const now = '2026-08-20T09:00:00.000Z';
    await writeDigest(store, { ...plan, pages: [page], held: 'Restored.' }, now);
    await dropHeld(store, platform.channel);
    await channel.type('2026-08-20T12:00:00Z', 'unsubscribe');
    expect(await isFree()).toBe(false);
  });
});
