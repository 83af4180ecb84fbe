import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceState } from '../../../src/core/status.ts';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

let channel: AChannel;

beforeEach(async () => {
  channel = await aChannel([...aList('2026-08-20', 1), ...aList('2026-08-24', 11)]);
  channel.sources([state('quiet')]);
  await channel.type('2026-08-21T08:00:00Z', 'subscribe 09:00 UTC daily 5 compact');
  await channel.tick('2026-08-21T09:00:00Z');
});

afterEach(() => channel.store.destroy());

function state(kind: SourceState['kind']): SourceState {
  return { source: 'hf', name: 'Hugging Face', kind, detail: 'No list on weekends.', skipped: [] };
}

/** The digest of Friday, then a Saturday and a Sunday without papers, then Tuesday’s. */
async function weekend(): Promise<string[]> {
  await channel.tick('2026-08-22T09:00:00Z');
  await channel.tick('2026-08-23T09:00:00Z');
  await channel.tick('2026-08-25T09:00:00Z');
  return channel.posted().map((summary) => summary.replace(/[:.].*/, ''));
}

const FRIDAY = 'Papers of Thursday 20 August 2026';
const TUESDAY = 'Papers of Monday 24 August 2026';

describe('a day without papers', () => {
  it('is said with the time at which the next papers are expected there', async () => {
    await channel.type('2026-08-21T10:00:00Z', 'subscribe 9pm New York');
    channel.sources([{ ...state('quiet'), nextExpectedAt: '2026-08-25T00:55:00.000Z' }]);
    await channel.tick('2026-08-23T01:00:00Z');
    const said = 'are expected here Tuesday 25 August at 21:00 (America/New_York), in 3 days.';
    expect(channel.shown().at(-1)).toContain(said);
  });

  it('is said once by a channel that wants a note', async () => {
    expect(await weekend()).toEqual([FRIDAY, 'No new papers', TUESDAY]);
  });

  it('is said to be one where the channel shows none of the papers that came', async () => {
    const all = 'lanterns, robot hands, protein maps, sparse retrieval, weather grids';
    await channel.type('2026-08-21T10:00:00Z', `mute add ${all}`);
    await channel.tick('2026-08-25T09:00:00Z');
    const [title, ...said] = channel.shown().at(-1)?.split('\n') ?? [];
    expect(title).toBe('No new papers');
    expect(said.join(' ')).toContain(
      'Each of the 5 new papers is one that this channel does not show',
    );
  });

  it('passes in silence where the channel wants none, and loses nothing', async () => {
    const said = await channel.type('2026-08-21T10:00:00Z', 'subscribe quiet:silent');
    expect(said).toContain('and no note on days without any');
    expect(await weekend()).toEqual([FRIDAY, TUESDAY]);
    const sunday = (await channel.days()).find(([day]) => day === '2026-08-23');
    expect(sunday).toEqual(['2026-08-23', expect.stringContaining('wants no note of that')]);
  });

  it('passes in silence too where a source is in trouble', async () => {
    await channel.type('2026-08-21T10:00:00Z', 'subscribe quiet silent');
    channel.sources([state('failed')]);
    expect(await weekend()).toEqual([FRIDAY, TUESDAY]);
  });

  it('is said again by a channel that changes its mind; its other settings stay', async () => {
    await channel.type('2026-08-21T10:00:00Z', 'subscribe silent');
    await channel.type('2026-08-21T11:00:00Z', 'subscribe 3 papers');
    const said = await channel.type('2026-08-21T12:00:00Z', 'subscribe note');
    expect(said).toMatch(
      /^This channel gets 3 papers every day at 09:00 \(UTC\), all in one message\./,
    );
    expect(await weekend()).toEqual([FRIDAY, 'No new papers', TUESDAY]);
  });

  it.each(['silent speech', 'note taking', 'agents, silent speech'])(
    'is no matter of the topics “%s”',
    async (topics) => {
      const said = await channel.type('2026-08-21T10:00:00Z', `subscribe ${topics}`);
      expect(said).toContain(`${topics.split(', ').at(-1) ?? ''}. The next digest`);
      expect(said).not.toContain('no note');
    },
  );
});
