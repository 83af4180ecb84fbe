import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/core/sources/gate.ts';
import type { Gate } from '../../../src/core/sources/gate.ts';
import { SourceError } from '../../../src/core/errors.ts';

const INTERVAL = 3100;

/** Time that moves only when somebody sleeps or works. */
function fakeTime() {
  let now = 1000;
  return {
    monotonic: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
}

function gateOn(time: ReturnType<typeof fakeTime>): Gate {
  return createGate({ intervalMs: INTERVAL, ...time });
}

describe('the gate', () => {
  it('lets the first through at once and each other an interval after the start before', async () => {
    const time = fakeTime();
    const gate = gateOn(time);
    const starts: number[] = [];
    const took = [0, 1000, 9000, 0];
    await Promise.all(
      took.map((ms) =>
        gate.run(() => {
          starts.push(time.monotonic());
          time.pass(ms);
          return Promise.resolve();
        }),
      ),
    );
    expect(starts).toEqual([1000, 4100, 7200, 16_200]);
  });

  it('runs one at a time in the order of calls, whatever fails or gives up', async () => {
    const call = fc.record({ fails: fc.boolean(), cancelled: fc.boolean(), ticks: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
        const time = fakeTime();
        const gate = gateOn(time);
        const started: { index: number; at: number }[] = [];
        let inside = 0;
        const results = await Promise.allSettled(
          calls.map(({ fails, cancelled, ticks }, index) => {
            const abort = new AbortController();
            if (cancelled) abort.abort();
            return gate.run(async () => {
              expect(++inside).toBe(1);
              started.push({ index, at: time.monotonic() });
              for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
              inside--;
              if (fails) throw new Error(`task ${index}`);
              return index;
            }, abort.signal);
          }),
        );
        const expected = calls.flatMap(({ cancelled }, index) => (cancelled ? [] : [index]));
        expect(started.map(({ index }) => index)).toEqual(expected);
        started.slice(1).forEach(({ at }, place) => {
          expect(at - started[place]!.at).toBeGreaterThanOrEqual(INTERVAL);
        });
        results.forEach((result, index) => {
          const { fails, cancelled } = calls[index]!;
          expect(result.status).toBe(fails || cancelled ? 'rejected' : 'fulfilled');
        });
      }),
    );
  });

  it('gives the task’s own result or error', async () => {
    const gate = gateOn(fakeTime());
    await expect(gate.run(() => Promise.resolve(7))).resolves.toBe(7);
    const failure = new SourceError('unreadable', 'no feed');
    await expect(gate.run(() => Promise.reject(failure))).rejects.toBe(failure);
  });

  it('turns away one who gives up in the queue at once, while the one in front still works', async () => {
    const gate = gateOn(fakeTime());
    let finish = (): void => undefined;
    const first = gate.run(() => new Promise<void>((resolve) => (finish = resolve)));
    const abort = new AbortController();
    let ran = false;
    const second = gate.run(() => {
      ran = true;
      return Promise.resolve();
    }, abort.signal);
    const order: string[] = [];
    const third = gate.run(() => Promise.resolve(order.push('third')));
    abort.abort(new Error('too slow'));
    await expect(second).rejects.toMatchObject({ name: 'SourceError', kind: 'unreachable' });
    expect(order).toEqual([]);
    finish();
    await Promise.all([first, third]);
    expect(order).toEqual(['third']);
    expect(ran).toBe(false);
  });

  it('turns away one who gives up during the pause, without the real time passing', async () => {
    const gate = createGate({ intervalMs: 60_000 });
    await gate.run(() => Promise.resolve());
    const abort = new AbortController();
    const waiting = gate.run(() => Promise.resolve(), abort.signal);
    setTimeout(() => {
      abort.abort();
    }, 20);
    const start = performance.now();
    await expect(waiting).rejects.toBeInstanceOf(SourceError);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('leaves no listener on a signal that outlives the call', async () => {
    const gate = gateOn(fakeTime());
    const { signal } = new AbortController();
    await gate.run(() => Promise.resolve(), signal);
    await gate.run(() => Promise.resolve(), signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('waits out a short hold, also one that comes during the pause', async () => {
    const time = fakeTime();
    const gate = gateOn(time);
    await gate.run(() => Promise.resolve());
    gate.hold(30_000, 'slow down');
    const at = await gate.run(() => Promise.resolve(time.monotonic()));
    expect(at).toBe(31_000);
  });

  it('turns everybody away with the reason while a hold is longer than a minute', async () => {
    const time = fakeTime();
    const gate = gateOn(time);
    gate.hold(600_000, 'arXiv refused us');
    gate.hold(1000, 'a shorter one changes nothing');
    await expect(gate.run(() => Promise.resolve())).rejects.toMatchObject({
      kind: 'rate-limited',
      message: 'arXiv refused us; we ask again in 10 min',
      retryAfterMs: 600_000,
    });
    time.pass(600_000);
    await expect(gate.run(() => Promise.resolve('open'))).resolves.toBe('open');
  });
});
