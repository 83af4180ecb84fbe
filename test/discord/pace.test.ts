import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from '../../src/discord/pace.ts';
import { createManualTime, type ManualTime } from '../core/manual-time.ts';

/** When each of so many turns that are asked for now is given, in milliseconds. */
function takeTurns(pace: Pace, count: number, time: ManualTime): number[] {
  const given: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    void pace.turn().then(() => given.push(time.monotonic()));
  }
  return given;
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
  );
}

/** A loop that is busy so long whenever it should wake. */
function withLateness(time: ManualTime, lateness: readonly number[]): ManualTime {
  let sleeps = 0;
  const late = () => lateness[sleeps++ % Math.max(1, lateness.length)] ?? 0;
  return { ...time, sleep: (ms, signal) => time.sleep(ms + late(), signal) };
}

describe('requests to Discord', () => {
  it('are evenly spaced, and begin at once after a rest', async () => {
    const time = createManualTime();
    const pace = createPace(50, time);
    const first = takeTurns(pace, 4, time);
    await time.pass(10_000);
    expect(first).toEqual([0, 20, 40, 60]);
    const second = takeTurns(pace, 3, time);
    await time.pass(10_000);
    expect(second).toEqual([10_000, 10_020, 10_040]);
  });

  it('never are more in a second than allowed, however late their turns come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 20 }),
        async (perSecond, lateness) => {
          const time = createManualTime();
          const given = takeTurns(createPace(perSecond, withLateness(time, lateness)), 120, time);
          await time.pass(1_000_000);
          expect(given).toHaveLength(120);
          expect(mostInASecond(given)).toBeLessThanOrEqual(perSecond);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('make good what a timer was late with', async () => {
    const time = createManualTime();
    const given = takeTurns(createPace(50, withLateness(time, [0, 3, 1, 15])), 501, time);
    await time.pass(1_000_000);
    expect(given.at(-1)).toBeLessThan(10_500);
  });

  it('wait while Discord wants none at all, and come no closer together after that', async () => {
    const time = createManualTime();
    const pace = createPace(50, time);
    const given = takeTurns(pace, 4, time);
    await time.pass(20);
    pace.hold(5_000);
    await time.pass(10_000);
    expect(given).toEqual([0, 20, 5_020, 5_040]);
  });

  it('lose their turn when they are called off, and nobody else does', async () => {
    const time = createManualTime();
    const pace = createPace(1, time);
    const calling = new AbortController();
    const first = pace.turn();
    const off = pace.turn(calling.signal);
    const given = takeTurns(pace, 1, time);
    calling.abort();
    await time.pass(1_020);
    await first;
    await expect(off).rejects.toThrow();
    expect(given).toEqual([1_020]);
  });
});
