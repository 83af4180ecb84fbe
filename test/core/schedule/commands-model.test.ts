import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { nextSlot, type Schedule } from '../../../src/core/schedule/slot.ts';
import { planFailures } from '../../../src/core/store/plan-failures.ts';
import { getSubscription } from '../../../src/core/store/subscriptions.ts';
import { aPaper } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

/** Days shortly before some zone's clocks change, or none do. */
const STARTS = ['03-06', '03-27', '04-03', '04-22', '06-01', '09-04', '10-02', '10-23', '10-28'];

const ZONES = [
  'America/New_York',
  'Europe/London',
  'Africa/Cairo',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
];

const HALF_HOUR_MS = 30 * 60_000;

const times = fc
  .integer({ min: 0, max: 47 })
  .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`);
const days = fc.constantFrom('daily', 'weekdays', 'weekends', 'mon,thu', 'fri');
const subscribing = fc
  .tuple(times, fc.constantFrom(...ZONES), days)
  .map(([at, zone, on]) => `subscribe ${at} ${zone} ${on}`);
const commands = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: subscribing },
  times.map((at) => `subscribe ${at}`),
  fc.constantFrom('unsubscribe', 'topics add agents', 'mute add cats', 'settings links:off'),
);
const steps = fc.record({
  /** Since the last step, in half hours. */
  after: fc.integer({ min: 1, max: 80 }),
  command: commands,
  /** Otherwise Paperboy is down until a later step. */
  ticks: fc.boolean(),
});

interface Owed {
  readonly due: Date;
  readonly localDate: string;
}

it('39: whatever is written when, no local date has two digests, and none is missed in silence', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...STARTS),
      subscribing,
      fc.array(steps, { minLength: 4, maxLength: 12 }),
      async (start, first, all) => {
        const channel = await aChannel(papersFrom(`2026-${start}`));
        await live(channel, new Date(`2026-${start}T00:00:00Z`), first, all);
        await channel.store.destroy();
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

/** One for each of the lists that the channel may see. */
function papersFrom(start: string) {
  return Array.from({ length: 50 }, (_, index) => {
    const listDate = Temporal.PlainDate.from(start)
      .add({ days: index - 3 })
      .toString();
    return aPaper({ id: `2600.${String(index).padStart(5, '0')}`, listDate });
  });
}

interface Step {
  readonly after: number;
  readonly command: string | undefined;
  readonly ticks: boolean;
}

async function live(channel: AChannel, start: Date, first: string, all: readonly Step[]) {
  let now = start;
  let owed: readonly Owed[] = [];
  await channel.type(now.toISOString(), first);
  for (const { after, command, ticks } of all) {
    const since = now;
    now = new Date(since.getTime() + after * HALF_HOUR_MS);
    const schedule = await scheduleOf(channel);
    if (schedule) owed = [...owed, ...slotsOf(schedule, since, now)];
    if (command !== undefined) {
      await channel.type(now.toISOString(), command);
      if (command.startsWith('subscribe')) owed = await afterChange(channel, owed, now);
      if (command === 'unsubscribe') owed = [];
    }
    if (!ticks) continue;
    await channel.tick(now.toISOString());
    await expectNoneMissed(channel, owed, now);
    owed = [];
  }
}

/**
 * What a change of the schedule leaves owed: the first slot stands for all of them, since what names
 * the others is no more, unless it falls on a day of the new zone that has had its digest. A slot of
 * the new schedule may have come by then as well.
 */
async function afterChange(
  channel: AChannel,
  owed: readonly Owed[],
  now: Date,
): Promise<readonly Owed[]> {
  const { nextDue: due, timezone } = (await scheduleOf(channel))!;
  const dates = await datesOf(channel);
  const first = owed.find(({ localDate }) => !dates.includes(localDate));
  const isOwed = first !== undefined && !dates.includes(dayIn(timezone, first.due));
  if (isOwed) expect(due.getTime()).toBeLessThanOrEqual(now.getTime());
  return due > now ? [] : [{ due, localDate: dayIn(timezone, due) }];
}

async function datesOf(channel: AChannel): Promise<string[]> {
  return (await channel.days()).map(([localDate]) => localDate);
}

async function timezoneOf(channel: AChannel): Promise<string> {
  return (await scheduleOf(channel))?.timezone ?? 'UTC';
}

function dayIn(timezone: string, moment: Date): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(moment.getTime());
  return instant.toZonedDateTimeISO(timezone).toPlainDate().toString();
}

/** Of the slots of a longer downtime only the last seven are noted: so many days at least. */
const NOTED_MS = 5 * 86_400_000;

async function expectNoneMissed(
  channel: AChannel,
  owed: readonly Owed[],
  now: Date,
): Promise<void> {
  expect(await planFailures(channel.store, { most: 1 })).toEqual([]);
  const dates = await datesOf(channel);
  expect(new Set(dates).size).toBe(dates.length);
  const timezone = await timezoneOf(channel);
  for (const { due, localDate } of owed) {
    if (now.getTime() - due.getTime() > NOTED_MS) continue;
    expect([localDate, dayIn(timezone, due)].some((date) => dates.includes(date))).toBe(true);
  }
}

function scheduleOf({ store, platform }: AChannel) {
  return getSubscription(store, platform.channel);
}

function slotsOf(schedule: Schedule, since: Date, until: Date): Owed[] {
  const slots: Owed[] = [];
  for (let slot = nextSlot(schedule, since); slot.due <= until;) {
    slots.push(slot);
    slot = nextSlot(schedule, slot.due);
  }
  return slots;
}
