import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { DeliveryError } from '../../../src/core/errors.ts';
import { aPaper } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

const START = '2026-08-20';
const HOUR_MS = 3_600_000;
const PAPERS = papersFrom(START);

/** A list a day, of two papers: a digest has room for all that is free. */
function papersFrom(start: string) {
  return Array.from({ length: 100 }, (_, index) => {
    const days = Math.floor(index / 2) - 7;
    const listDate = Temporal.PlainDate.from(start).add({ days }).toString();
    const id = `2600.${String(index).padStart(5, '0')}`;
    return aPaper({ id, title: `Title ${id}`, listDate });
  });
}

const failures = fc.record({
  kind: fc.constantFrom('no-access', 'unknown-outcome', 'unknown-outcome', 'rejected'),
  /** Whether it stands all the same, where nobody knows. */
  posted: fc.constantFrom(true, true, true, false),
  /** How many pages go well before. */
  after: fc.constantFrom(0, 0, 1),
});
type Failure = typeof failures extends fc.Arbitrary<infer Value> ? Value : never;

const DAILY = 'subscribe 09:00 UTC daily 9';
const commands = fc.constantFrom(
  ['post'],
  ['unsubscribe', DAILY],
  ['unsubscribe', DAILY],
  ['unsubscribe', DAILY, 'post'],
  ['unsubscribe'],
  ['subscribe 09:00 UTC fri 9'],
  ['settings layout:channel'],
);
const steps = fc.record({
  hours: fc.constantFrom(0, 1, 24, 24, 60),
  /** Typed one after the other. */
  typed: fc.option(commands, { nil: [] }),
  failure: fc.option(failures, { nil: undefined, freq: 3 }),
});

function fail({ platform }: AChannel, failure: Failure | undefined): void {
  if (failure === undefined) {
    platform.failNext(new Error('never'), { after: 1e9 });
    return;
  }
  const { kind, posted, after } = failure;
  const stands = kind === 'unknown-outcome' && posted;
  platform.failNext(new DeliveryError(kind, 'No.'), { posted: stands, after });
}

it('whatever is refused and called off, no paper comes twice, and none is lost to what never came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 14 }), async (all) => {
      const channel = await aChannel(PAPERS);
      let now = Date.parse(`${START}T08:00:00Z`);
      await channel.type(new Date(now).toISOString(), DAILY);
      for (const { hours, typed, failure } of all) {
        now += hours * HOUR_MS + 60_000;
        for (const text of typed) await channel.type(new Date(now).toISOString(), text);
        fail(channel, failure);
        await channel.tick(new Date(now).toISOString());
        await expectWhole(channel);
      }
      await channel.store.destroy();
    }),
    { numRuns: 40 },
  );
}, 120_000);

async function expectWhole(channel: AChannel): Promise<void> {
  expect(twice(channel)).toEqual([]);
  expect(await strangers(channel)).toEqual([]);
  expect(await lost(channel)).toEqual([]);
}

/** The papers that two digests show. A card has its paper's title for a summary, an overview a list. */
function twice({ platform }: AChannel): string[] {
  const texts = platform.messages
    .filter(({ key, thread }) => key !== undefined && thread === undefined)
    .map(({ message }) => `${message.summary}\n${JSON.stringify(message.blocks)}`);
  return PAPERS.map(({ title }) => title).filter(
    (title) => texts.filter((text) => text.includes(title)).length > 1,
  );
}

/** The pages that are taken to stand, where in truth another does. */
async function strangers({ store, platform }: AChannel): Promise<string[]> {
  const pages = await store
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'sent')
    .execute();
  return pages.flatMap(({ message, message_ref }) => {
    const standing = platform.messages.find(({ ref }) => ref.message === message_ref);
    return JSON.stringify(standing?.message) === message ? [] : [message];
  });
}

/** The papers that no digest may show any more, though theirs was never posted. */
async function lost({ store }: AChannel) {
  const claims = store.selectFrom('posted_papers').select('paper_id');
  const surelyNot = sql<number>`(
    SELECT sum(state <> 'skipped' OR attempted_at IS NOT NULL) FROM deliveries
    WHERE deliveries.digest_id = posted_papers.digest_id
  )`;
  return claims.where(surelyNot, '=', 0).execute();
}
