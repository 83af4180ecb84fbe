import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions } from '../fixtures/messages.ts';
import { openScene, type Scene } from './open-discord.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

const start = () => scene.platform.start(createRecordingInbox(), definitions);
const askToWait = (retryAfterMs: number, times: number) => {
  const fault = { kind: 'rate-limit', scope: 'user', retryAfterMs } as const;
  scene.server.fail(fault, { on: /^GET \/gateway\/bot$/, times });
};

describe('a start at which Discord asks to wait', () => {
  it('waits and goes on', async () => {
    askToWait(50, 2);
    await start();
    expect(scene.platform.describe()).toContain('in 1 server');
  });

  it('tells an hour’s wait at once', async () => {
    askToWait(3_600_000, 1);
    await expect(start()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 });
  });
});
