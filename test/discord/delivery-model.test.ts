import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import type { ChatPlatform } from '../../src/core/platform.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import type { RestFault } from '../fakes/discord-server/http/faults.ts';
import { openScene, type Scene } from './open-discord.ts';
import { wordsOf } from './screen.ts';

/** What happens around one attempt to post. */
interface Mishap {
  readonly fault: RestFault | undefined;
  /** The process is killed after it, and started again. */
  readonly killed: boolean;
  /** It takes so long until the next attempt. */
  readonly pauseMs: number;
}

const faults: readonly RestFault[] = [
  { kind: 'reset', acted: true },
  { kind: 'reset' },
  { kind: 'status', status: 500, acted: true },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503, acted: true },
];

const mishap: fc.Arbitrary<Mishap> = fc.record({
  fault: fc.option(fc.constantFrom(...faults), { nil: undefined }),
  killed: fc.boolean(),
  pauseMs: fc.constantFrom(0, 30_000, 700_000),
});

const FREE = {
  rates: { 'POST /channels/:channel/messages': { limit: 10_000, perMs: 1_000 } },
};

/** As the core does it: an attempt that may have posted is remembered, until it is known. */
async function deliver(scene: Scene, key: string, mishaps: readonly Mishap[]): Promise<void> {
  let platform = await start(scene);
  let attemptedAt: Date | undefined;
  for (const { fault, killed, pauseMs } of [...mishaps, CALM]) {
    if (fault !== undefined) scene.server.fail(fault, { on: /^POST .*\/messages$/ });
    attemptedAt ??= new Date(scene.server.clock.now());
    const first = attemptedAt;
    const done = await platform.post(scene.ref, lineMessage(key), { key, attemptedAt: first }).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(DeliveryError);
        return false;
      },
    );
    scene.server.heal();
    // A kill before our record of it: the outcome is unknown, whatever it was.
    if (done && !killed) break;
    scene.server.clock.advance(pauseMs);
    if (killed) {
      await platform.stop();
      platform = await start(scene);
    }
  }
  await platform.stop();
}

const CALM: Mishap = { fault: undefined, killed: false, pauseMs: 0 };

async function start(scene: Scene): Promise<ChatPlatform> {
  const platform = scene.again();
  await platform.start(createRecordingInbox(), definitions);
  return platform;
}

it('Whatever breaks and whenever it is killed, a message stands exactly once', async () => {
  const scene = await openScene({ server: FREE });
  let count = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 4 }), async (mishaps) => {
        count += 1;
        const key = `digest ${count}`;
        await deliver(scene, key, mishaps);
        const standing = scene.server.messagesIn(scene.channel.id).map(wordsOf);
        expect(standing.filter((words) => words === key)).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  } finally {
    await scene.close();
  }
}, 120_000);
