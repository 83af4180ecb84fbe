import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../src/core/errors.ts';
import type { SourceState } from '../../../src/core/status.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

const SUBSCRIBE = 'subscribe 09:00 UTC daily 20 compact';
/** The first day's list, and the next one's. */
const [FIRST, SECOND] = ['2026-08-20', '2026-08-21'] as const;

let channel: AChannel;

beforeEach(async () => {
  channel = await aChannel();
});

afterEach(() => channel.store.destroy());

function state(kind: SourceState['kind'], missing?: string): SourceState {
  const said = { source: 'hf', name: 'Hugging Face', kind, detail: 'As it is.', skipped: [] };
  return { ...said, ...(missing !== undefined && { missing }) };
}

/** Both lists, read then. */
async function arrive(at = '2026-08-21T00:00:00.000Z'): Promise<void> {
  await savePapers(channel.store, [...aList(FIRST), ...aList(SECOND, 11)], at);
}

const BOTH = /^Papers of Thursday 20 August 2026 to Friday 21 August/;

describe('the first list of a channel', () => {
  it.each(['note', 'silent'])('comes later where its source is away (%s)', async (quiet) => {
    await channel.type('2026-08-21T08:00:00Z', `${SUBSCRIBE} quiet:${quiet}`);
    channel.sources([state('failed', FIRST)]);
    await channel.tick('2026-08-21T09:07:00Z');
    await arrive('2026-08-21T15:00:00.000Z');
    channel.sources([state('fresh')]);
    await channel.tick('2026-08-22T09:00:00Z');
    expect(channel.posted().at(-1)).toMatch(BOTH);
  });

  it('comes with the second, where the channel refused the first digest', async () => {
    await arrive();
    await channel.type('2026-08-21T08:00:00Z', SUBSCRIBE);
    channel.platform.failNext(new DeliveryError('no-access', 'Grant Send Messages.'));
    await channel.tick('2026-08-21T09:00:00Z');
    await channel.tick('2026-08-22T09:00:00Z');
    expect(channel.posted()).toEqual([expect.stringMatching(BOTH)]);
  });

  it('comes with the second, where Paperboy was not running', async () => {
    await arrive();
    await channel.type('2026-08-21T08:00:00Z', SUBSCRIBE);
    await channel.tick('2026-08-22T09:00:00Z');
    expect(channel.posted()).toEqual([expect.stringMatching(BOTH)]);
  });

  it('is the newest one alone, whatever there was before', async () => {
    await arrive();
    await channel.type('2026-08-22T08:00:00Z', SUBSCRIBE);
    await channel.tick('2026-08-22T09:00:00Z');
    expect(channel.posted()).toEqual([expect.stringMatching(/^Papers of Friday 21 August/)]);
  });
});
