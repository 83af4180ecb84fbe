import { addArrival, openArrivals } from '../../../../src/core/store/arrivals.ts';
import { addBookmarks } from '../../../../src/core/store/bookmarks.ts';
import { claim } from '../../../../src/core/store/claims.ts';
import { openDeliveries } from '../../../../src/core/store/deliveries.ts';
import { writeDigest } from '../../../../src/core/store/digests.ts';
import type { Store } from '../../../../src/core/store/open.ts';
import { readMark } from '../../../../src/core/store/outbox-mark.ts';
import { savePapers } from '../../../../src/core/store/papers.ts';
import { aPaper } from '../../store-fixtures.ts';

/** How often each of the three things is written that nobody may lose. */
export const ROUNDS = 20;

const NOW = '2026-08-21T09:00:00.000Z';
const LATER = '2026-08-21T09:01:00.000Z';
const PLACE = { platform: 'test', tenant: 'lab' };
const CHANNEL = { ...PLACE, channel: 'papers' };
const PAPERS = ['2608.00001', '2608.00002'];

/** What the steps need. */
export async function prepare(store: Store): Promise<void> {
  await savePapers(
    store,
    PAPERS.map((id) => aPaper({ id })),
    NOW,
  );
  const page = { message: { summary: 'A page', blocks: [] }, papers: [], inThread: false };
  const pages = Array<typeof page>(ROUNDS).fill(page);
  await writeDigest(
    store,
    { channel: CHANNEL, localDate: '2026-08-21', listDate: undefined, pages },
    NOW,
  );
}

/** Each is one transaction: the first and the last of a round write two rows that belong together. */
export function stepsOf(store: Store): (() => Promise<unknown>)[] {
  return Array.from({ length: ROUNDS }, (_, round) => [
    () => addBookmarks(store, { ...PLACE, user: `reader-${round}` }, PAPERS, NOW),
    () => addArrival(store, { ...PLACE, id: `event-${round}`, content: '{}' }, NOW),
    async () => {
      const [next] = (await openDeliveries(store, CHANNEL)).filter((each) => each.attempts === 0);
      if (next !== undefined) await claim(store, next, NOW, LATER);
    },
  ]).flat();
}

/** What stands in the database of all that the steps write. */
export async function whatStands(store: Store) {
  const bookmarks = await store.selectFrom('bookmarks').select(['reader', 'paper_id']).execute();
  const deliveries = await openDeliveries(store, CHANNEL);
  return {
    bookmarks: bookmarks.map(({ reader, paper_id: paper }) => `${reader}: ${paper}`).sort(),
    arrivals: (await openArrivals(store, 'test')).map(({ id }) => id).sort(),
    claimed: deliveries.filter(({ attempts }) => attempts > 0).map(({ position }) => position),
    claims: (await readMark(store)).claims,
  };
}

/** What stands once so many of the steps are done. */
export function whatMustStand(steps: number): Awaited<ReturnType<typeof whatStands>> {
  const rounds = (step: number) => [...Array(Math.ceil((steps - step) / 3)).keys()];
  return {
    bookmarks: rounds(0)
      .flatMap((round) => PAPERS.map((paper) => `reader-${round}: ${paper}`))
      .sort(),
    arrivals: rounds(1)
      .map((round) => `event-${round}`)
      .sort(),
    claimed: rounds(2),
    claims: rounds(2).length,
  };
}
