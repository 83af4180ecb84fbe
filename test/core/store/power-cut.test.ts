import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeStore, openStore } from '../../../src/core/store/open.ts';
import { createRandom } from '../../soak/random.ts';
import { diskAfter } from './power-cut/disk.ts';
import { compileRecorder, noRecorder, recordWriter, type Deed } from './power-cut/record.ts';
import { whatMustStand, whatStands, ROUNDS } from './power-cut/steps.ts';

const STEPS = 3 * ROUNDS;
const CUTS = 40;

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'paperboy-')));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** How many writes were acknowledged. */
function acknowledged(deeds: readonly Deed[]): number {
  return deeds.filter(({ kind }) => kind === 'say').length;
}

/** What stands in the database that a power cut after these deeds leaves. */
async function afterPowerCut(deeds: readonly Deed[], survives: () => boolean) {
  const disk = mkdtempSync(join(folder, 'disk-'));
  for (const [name, bytes] of diskAfter(deeds, survives)) {
    // It is memory, which SQLite makes anew.
    if (!name.endsWith('-shm')) writeFileSync(join(disk, name), bytes);
  }
  const store = openStore(join(disk, 'paperboy.db'));
  try {
    const check = await sql`PRAGMA integrity_check`.execute(store);
    expect(check.rows).toEqual([{ integrity_check: 'ok' }]);
    return await whatStands(store);
  } finally {
    await closeStore(store);
  }
}

describe.skipIf(noRecorder !== '')(`a power cut${noRecorder}`, () => {
  let ours: Deed[];
  let careless: Record<'NORMAL' | 'OFF', Deed[]>;

  beforeAll(async () => {
    const recorder = compileRecorder(folder);
    const record = (pragma: string) =>
      recordWriter(recorder, mkdtempSync(join(folder, 'writer-')), pragma);
    // Ours folds the log into the file so often that this is cut short, too.
    const pragmas = ['wal_autocheckpoint = 16', 'synchronous = NORMAL', 'synchronous = OFF'];
    const [first = [], NORMAL = [], OFF = []] = await Promise.all(pragmas.map(record));
    [ours, careless] = [first, { NORMAL, OFF }];
  }, 60_000);

  it('35: takes nothing that was acknowledged, though all goes that was not synced', async () => {
    expect(acknowledged(ours)).toBe(STEPS);
    expect(await afterPowerCut(ours, () => false)).toEqual(whatMustStand(STEPS));
  });

  it.each([...Array(CUTS).keys()])(
    '35: leaves each write whole or not at all, whenever it comes (%i)',
    async (seed) => {
      const random = createRandom(seed);
      const share = random.pick([0, 0.5, 1]);
      const deeds = ours.slice(0, random.whole(0, ours.length));
      const stands = await afterPowerCut(deeds, () => random.chance(share));
      const steps = acknowledged(deeds);
      expect([whatMustStand(steps), whatMustStand(steps + 1)]).toContainEqual(stands);
    },
  );

  it.each(['NORMAL', 'OFF'] as const)(
    '35: would take what was acknowledged if synchronous were %s',
    async (how) => {
      expect(acknowledged(careless[how])).toBe(STEPS);
      expect(await afterPowerCut(careless[how], () => false)).toEqual(whatMustStand(0));
    },
  );
});
