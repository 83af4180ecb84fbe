import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChannelRef } from '../../src/core/platform.ts';
import { writeDigest } from '../../src/core/store/digests.ts';
import { closeStore, openStore, type Store } from '../../src/core/store/open.ts';
import { openLedger } from './ledger.ts';
import { soak } from './soak.ts';
import { openStage, type Stage } from './stage.ts';
import { takeTally } from './tally.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-soak-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('loses and doubles nothing under kills and faults', async () => {
  const said: string[] = [];
  const options = { folder, ownDisk: false, kills: 5, channels: 4, seed: 7 };
  const result = await soak({ ...options, say: (line) => said.push(line) });
  // A clock that is set two days ahead has pages given up, each with its reason.
  const wrong = said.filter((line) => !/^(set aside|unknown): /.test(line));
  expect([result.lost, result.doubled, wrong]).toEqual([0, 0, []]);
  expect(result.kills).toBe(5);
  expect(result.delivered + result.unknown).toBe(result.planned);
  expect(result.planned).toBeGreaterThan(0);
}, 240_000);

it('sees what is lost, what is held with a reason, and a slot that was forgotten', async () => {
  const stage = await openStage({ folder, channels: 2 });
  const store = openStore(stage.database);
  try {
    const [four, one, two, three] = stage.channels as [
      ChannelRef,
      ChannelRef,
      ChannelRef,
      ChannelRef,
    ];
    await plan(store, stage, four, '2026-11-01', SET_ASIDE);
    await plan(store, stage, four, '2026-11-02', { state: 'sent' });
    await say(stage, four);
    await plan(store, stage, four, '2026-11-03', SAID);
    await plan(store, stage, one, '2026-11-01', { state: 'sent' });
    await plan(store, stage, two, '2026-11-01', { state: 'blocked', reason: 'held' });
    await plan(store, stage, three, '2026-11-01', SET_ASIDE);
    await plan(store, stage, three, '2026-11-03', SET_ASIDE);
    await plan(store, stage, two, '2026-11-02', { state: 'planned', reason: 'tried again later' });
    const ledger = openLedger(stage.database);
    const said: string[] = [];
    const tally = takeTally(ledger, stage, (line) => said.push(line));
    ledger.close();
    expect(tally).toEqual({ planned: 6, delivered: 1, lost: 5, doubled: 0, unknown: 1 });
    const words = said.map((line) => line.split(':')[0]);
    expect(words).toEqual([
      'forgotten',
      'set aside',
      'set aside',
      'lost',
      'unknown',
      'lost',
      'lost',
      'lost',
    ]);
    expect(said).toContain('set aside: 1, It is part of the digest of Monday … November.');
  } finally {
    await closeStore(store);
    await stage.close();
  }
});

it.each([
  ['as far', '2026-10-31', '2026-10-31', { planned: 1, lost: 0 }],
  ['less far', '2026-10-31', '2026-11-01', { planned: 2, lost: 1 }],
])('takes a digest that reaches back %s for one that was set aside', async (_, ...rest) => {
  const [first, later, expected] = rest;
  const stage = await openStage({ folder, channels: 1 });
  const store = openStore(stage.database);
  try {
    const [channel] = stage.channels as [ChannelRef];
    const papers = ['2610.00001'];
    await plan(store, stage, channel, '2026-11-01', { ...SET_ASIDE, firstList: first, papers });
    await plan(store, stage, channel, '2026-11-02', { state: 'sent', firstList: later });
    await say(stage, channel);
    const ledger = openLedger(stage.database);
    expect(takeTally(ledger, stage, () => undefined)).toMatchObject(expected);
    ledger.close();
  } finally {
    await closeStore(store);
    await stage.close();
  }
});

it('finds a page that was given up once in the digest that came later', async () => {
  const stage = await openStage({ folder, channels: 1 });
  const store = openStore(stage.database);
  try {
    const [channel] = stage.channels as [ChannelRef];
    const late = { state: 'skipped', reason: 'It was more than two days late.' };
    await plan(store, stage, channel, '2026-11-01', late);
    await plan(store, stage, channel, '2026-11-03', { state: 'sent' });
    await say(stage, channel);
    const ledger = openLedger(stage.database);
    const expected = { delivered: 1, lost: 1, unknown: 1, doubled: 0 };
    expect(takeTally(ledger, stage, () => undefined)).toMatchObject(expected);
    ledger.close();
  } finally {
    await closeStore(store);
    await stage.close();
  }
});

const SAID = {
  state: 'skipped',
  reason: 'There was nothing new since Monday 2 November, which said why.',
};

const SET_ASIDE = { state: 'skipped', reason: 'It is part of the digest of Monday 2 November.' };

/** A message of no papers, as on a quiet day. */
async function say({ discord }: Stage, { channel }: ChannelRef): Promise<void> {
  await fetch(`${discord.url}/v10/channels/${channel}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'Nothing today' }),
  });
}

interface Outcome {
  readonly state: string;
  readonly reason?: string;
  readonly firstList?: string;
  readonly papers?: readonly string[];
}

async function plan(
  store: Store,
  { now }: Stage,
  channel: ChannelRef,
  localDate: string,
  { firstList, papers = [], ...outcome }: Outcome,
): Promise<void> {
  const pages = [{ message: { summary: 'x', blocks: [] }, papers, inThread: false }];
  const at = new Date(now()).toISOString();
  const digest = { channel, localDate, listDate: undefined, firstList, pages };
  await writeDigest(store, digest, at);
  await store.updateTable('deliveries').set(outcome).where('state', '=', 'planned').execute();
}
