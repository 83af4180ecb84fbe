import { afterEach, beforeEach, expect, it } from 'vitest';
import { purgeDeparted, recordDeparture } from '../../../src/core/store/departures.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { setLinks, showsLinks } from '../../../src/core/store/quiet-links.ts';
import { aStore } from '../store-fixtures.ts';

const channel = { platform: 'test', tenant: 'lab', channel: 'papers' };
const others = [
  { ...channel, channel: 'other' },
  { ...channel, tenant: 'other' },
  { ...channel, platform: 'other' },
];

let store: Store;

beforeEach(async () => {
  store = await aStore();
});

afterEach(() => store.destroy());

it('A channel shows cards until it wants none, and again when it does; others never hear of it', async () => {
  expect(await showsLinks(store, channel)).toBe(true);
  await setLinks(store, channel, false);
  await setLinks(store, channel, false);
  expect(await showsLinks(store, channel)).toBe(false);
  for (const other of others) expect(await showsLinks(store, other)).toBe(true);
  await setLinks(store, channel, true);
  await setLinks(store, channel, true);
  expect(await showsLinks(store, channel)).toBe(true);
});

it('What a channel wanted is forgotten with it', async () => {
  await setLinks(store, channel, false);
  await recordDeparture(store, channel, '2026-08-01T00:00:00.000Z');
  for (const date of ['2026-10-01', '2026-10-02']) await purgeDeparted(store, new Date(date));
  expect(await showsLinks(store, channel)).toBe(true);
});
