import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBookmarks } from '../../../src/core/bookmarks/index.ts';
import type { ChannelRef } from '../../../src/core/platform.ts';
import { claim, markSent } from '../../../src/core/store/claims.ts';
import { openDeliveries } from '../../../src/core/store/deliveries.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { opinionsOf } from '../../../src/core/store/opinions.ts';
import { aPaper, aStore } from '../store-fixtures.ts';

const NOW = '2026-08-21T09:00:00.000Z';
const LATER = '2026-08-21T09:01:00.000Z';
const PAPER = aPaper({ id: '2608.00001' });

/** Two places of one tenant, and where the papers of a digest in the first of them stand. */
const SERVICES = [
  { platform: 'slack', tenant: 'T1', here: 'C-general', there: 'D-boss', thread: 'C-general' },
  { platform: 'discord', tenant: '@me', here: '100', there: '200', thread: '101' },
  { platform: 'discord', tenant: '900', here: '100', there: '200', thread: '101' },
] as const;

let store: Store;
beforeEach(async () => {
  store = await aStore([PAPER]);
});
afterEach(() => store.destroy());

/** Posts the paper to a channel in a digest, whose message stands in `place`. */
async function post(channel: ChannelRef, place: string): Promise<void> {
  const page = { message: { summary: '', blocks: [] }, papers: [PAPER.id], inThread: true };
  const plan = { channel, localDate: '2026-08-21', listDate: undefined, pages: [page] };
  await writeDigest(store, plan, NOW);
  const [open] = await openDeliveries(store, channel);
  const claimed = await claim(store, open!, NOW, LATER);
  const ref = { ...channel, channel: place, message: `in ${place}` };
  await markSent(store, claimed!.delivery, ref, NOW);
}

/** A thumb up by somebody in that place. */
function like({ platform, tenant }: ChannelRef, place: string): Promise<unknown> {
  return createBookmarks(store, () => new Date(NOW)).react({
    emoji: '👍',
    added: true,
    message: { platform, tenant, channel: place, message: `in ${place}` },
    reader: { platform, tenant, user: 'bob' },
  });
}

it.each(SERVICES)(
  'hears in $platform $tenant what is thought of a paper here, and nothing of what is thought there',
  async ({ platform, tenant, here, there, thread }) => {
    const [own, other] = [here, there].map((channel) => ({ platform, tenant, channel }));
    await post(own!, thread);
    await post(other!, there);
    await like(own!, there);
    expect(await opinionsOf(store, own!, 5)).toEqual([]);
    expect(await opinionsOf(store, other!, 5)).toMatchObject([{ id: PAPER.id, likes: 1 }]);
    await like(own!, thread);
    expect(await opinionsOf(store, own!, 5)).toMatchObject([{ id: PAPER.id, likes: 1 }]);
  },
);

it('hears what is thought of a paper that was shown in the channel again', async () => {
  const channel = { platform: 'discord', tenant: '900', channel: '100' };
  await post(channel, '101');
  await createBookmarks(store, () => new Date(NOW)).remember({ ...channel, message: 'in 100' }, [
    PAPER.id,
  ]);
  await like(channel, '100');
  expect(await opinionsOf(store, channel, 5)).toMatchObject([{ id: PAPER.id, likes: 1 }]);
});
