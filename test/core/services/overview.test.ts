import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArchive } from '../../../src/core/archive/index.ts';
import { createDeliverer } from '../../../src/core/digest/index.ts';
import { DeliveryError, type DeliveryErrorKind } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { overviewOf } from '../../../src/core/services/overview.ts';
import type { ChannelProblem } from '../../../src/core/status.ts';
import { recordDeparture } from '../../../src/core/store/departures.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { putSubscription } from '../../../src/core/store/subscriptions.ts';
import { createVectors } from '../../../src/core/vectors/index.ts';
import { createRecordingInbox } from '../../contract/recording-inbox.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { createSubscription } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

const START = '2026-08-21T09:00:00.000Z';
const HOUR_MS = 3_600_000;

let store: Store;
let platform: FakePlatform;
let now: Date;

beforeEach(async () => {
  now = new Date(START);
  store = await aStore();
  platform = createFakePlatform();
  await platform.start(createRecordingInbox(), []);
  const { channel, reader } = platform;
  await putSubscription(store, createSubscription({ channel, reader }), START);
});

afterEach(() => store.destroy());

async function plan(): Promise<void> {
  const pages = [{ message: { summary: 'x', blocks: [] }, papers: [], inThread: false }];
  const { channel } = platform;
  await writeDigest(store, { channel, localDate: '2026-08-21', listDate: undefined, pages }, START);
}

/** So many hours, at the start of each of which it is tried to post. */
async function hours(count: number, kind?: DeliveryErrorKind): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    if (kind !== undefined) platform.failNext(new DeliveryError(kind, 'The service is down.'));
    const parts = { store, platforms: [platform], clock: () => now, log: silentLog };
    await createDeliverer({ ...parts, patienceMs: 0 }).deliver();
    now = new Date(now.getTime() + HOUR_MS);
  }
}

async function problems(configured = ['fake']): Promise<readonly ChannelProblem[]> {
  const parts = { store, sources: [], clock: () => now, log: silentLog };
  const archive = createArchive(parts);
  const vectors = createVectors(parts);
  const overview = await overviewOf({ store, archive, vectors, clock: () => now, configured });
  return overview.problems;
}

describe('what needs a person', () => {
  it('names a channel that has waited for its service for an hour, and why', async () => {
    await plan();
    await hours(1, 'unavailable');
    expect(await problems()).toEqual([]);
    await hours(30, 'unavailable');
    expect(await problems()).toEqual([
      {
        channel: platform.channel,
        kind: 'waiting',
        detail:
          'Its digest waits for its service: The service is down. It is tried again by itself.',
        since: new Date(START),
        nextTry: new Date('2026-08-22T16:00:00Z'),
      },
    ]);
    await hours(1);
    expect(await problems()).toEqual([]);
  });

  it('names one whose digest nobody has tried to post', async () => {
    await plan();
    now = new Date(now.getTime() + 2 * HOUR_MS);
    expect(await problems()).toMatchObject([
      { kind: 'waiting', detail: expect.stringMatching(/Nobody has tried to post/) as string },
    ]);
  });

  it('names one whose digest its service would not have, for two weeks', async () => {
    await plan();
    await hours(1, 'rejected');
    expect(await problems()).toEqual([
      {
        channel: platform.channel,
        kind: 'blocked',
        detail:
          'Its digest of Friday 21 August was not posted as a whole, and won’t be: The service is down.',
        since: new Date(START),
      },
    ]);
    now = new Date(now.getTime() + 14 * 24 * HOUR_MS);
    expect(await problems()).toEqual([]);
  });

  it('gives the reason of the newest of several that a service would not have', async () => {
    const pages = [{ message: { summary: 'x', blocks: [] }, papers: [], inThread: false }];
    for (const [day, reason] of [
      ['21', 'Zero fields are allowed.'],
      ['22', 'A field is too long.'],
    ] as const) {
      const localDate = `2026-08-${day}`;
      const plan = { channel: platform.channel, localDate, listDate: undefined, pages };
      await writeDigest(store, plan, `${localDate}T09:00:00.000Z`);
      const state = { state: 'blocked', reason } as const;
      await store.updateTable('deliveries').set(state).where('state', '=', 'planned').execute();
    }
    expect(await problems()).toMatchObject([
      { detail: expect.stringMatching(/22 August.*A field is too long/) as string },
    ]);
  });

  it('names one whose slot came, and nobody has made its digest', async () => {
    const { channel, reader } = platform;
    const nextDue = new Date('2026-08-21T09:00:00Z');
    const overdue = createSubscription({ channel, reader, nextDue, timezone: 'Europe/Berlin' });
    await putSubscription(store, overdue, START);
    now = new Date('2026-08-21T09:14:00Z');
    expect(await problems()).toEqual([]);
    now = new Date('2026-08-25T09:00:00Z');
    expect(await problems()).toEqual([
      {
        channel: platform.channel,
        kind: 'overdue',
        detail:
          'Its digest of Friday 21 August at 11:00 (Europe/Berlin) was not made: see that Paperboy runs.',
        since: nextDue,
      },
    ]);
  });

  it('names one whose service is not configured, as soon as a digest waits for it', async () => {
    expect(await problems([])).toEqual([]);
    await plan();
    expect(await problems(['another'])).toMatchObject([
      {
        channel: platform.channel,
        kind: 'unconfigured',
        detail: expect.stringMatching(/fake is not configured/) as string,
        since: new Date(START),
      },
    ]);
  });

  it('says once what is wrong where the channel refuses, or was left', async () => {
    await plan();
    await hours(3, 'no-access');
    expect(await problems()).toMatchObject([{ kind: 'refused' }]);
    await recordDeparture(store, { platform: 'fake', tenant: 'lab' }, now.toISOString());
    await recordDeparture(store, platform.channel, now.toISOString());
    expect((await problems()).map(({ kind }) => kind)).toEqual(['refused', 'left']);
  });

  it('names every channel of a tenant that removed the bot', async () => {
    const other = { ...platform.channel, channel: 'other' };
    await putSubscription(store, createSubscription({ channel: other }), START);
    await recordDeparture(store, { platform: 'fake', tenant: 'lab' }, START);
    const found = await problems();
    expect(found.map(({ channel }) => channel.channel).sort()).toEqual(['other', 'papers']);
    expect(new Set(found.map(({ detail }) => detail))).toEqual(
      new Set(['The bot was removed from the whole server or workspace.']),
    );
  });
});
