import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import { createPaperboy } from '../../src/core/paperboy.ts';
import type { ChatPlatform } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store/open.ts';
import { createFakePlatform } from '../fakes/fake-platform.ts';
import { aStore } from './store-fixtures.ts';

let store: Store;

beforeEach(async () => {
  store = await aStore();
});

afterEach(() => store.destroy());

function paperboyOn(...platforms: readonly ChatPlatform[]) {
  return createPaperboy({
    store,
    sources: [],
    platforms,
    settings: { weights: {}, profile: { topics: [], muted: [], follows: [] } },
    clock: () => new Date('2026-08-21T09:00:00Z'),
    log: silentLog,
  });
}

describe('starting', () => {
  it('runs every platform until it is stopped', async () => {
    const [one, other] = [createFakePlatform('one'), createFakePlatform('other')];
    const paperboy = paperboyOn(one, other);
    await paperboy.start();
    expect([one.running, other.running]).toEqual([true, true]);
    await paperboy.stop();
    expect([one.running, other.running]).toEqual([false, false]);
  });

  it('leaves none running behind one that fails, and says why', async () => {
    const one = createFakePlatform('one');
    const failing: ChatPlatform = {
      ...createFakePlatform('failing'),
      start: () => Promise.reject(new DeliveryError('unavailable', 'The token is refused.')),
    };
    await expect(paperboyOn(failing, one).start()).rejects.toThrow('The token is refused.');
    expect(one.running).toBe(false);
  });
});
