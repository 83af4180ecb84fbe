import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createBackground } from '../../../src/core/paperboy/background.ts';

describe('work in the background', () => {
  it('is told to end, and waited for', async () => {
    const background = createBackground(silentLog);
    const ended: boolean[] = [];
    background.run('failed', async (signal) => {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      ended.push(signal.aborted);
    });
    await background.stop();
    expect(ended).toEqual([true]);
  });

  it('is waited for no longer than told', async () => {
    const background = createBackground(silentLog);
    background.run('failed', () => new Promise(() => undefined));
    await background.stop(1);
    background.run('failed again', () => Promise.reject(new Error('It must not begin.')));
  });
});
