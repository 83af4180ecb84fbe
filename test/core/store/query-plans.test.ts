import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseClaims } from '../../../src/core/store/claims.ts';
import { forgetMessages, forgetPages } from '../../../src/core/store/closed-digests.ts';
import { channelsToServe, openDigests } from '../../../src/core/store/deliveries.ts';
import {
  firstOffered,
  lastDrawn,
  lastQuietDay,
  latestDigests,
  settledDays,
} from '../../../src/core/store/digest-history.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { opinionsOf } from '../../../src/core/store/opinions.ts';
import { pagesToRefresh } from '../../../src/core/store/refreshes.ts';
import { dueSubscriptions } from '../../../src/core/store/next-due.ts';
import { heldPages, untoldHeld } from '../../../src/core/store/held-channels.ts';
import { waitingPages } from '../../../src/core/store/waiting-pages.ts';
import { aStore } from '../store-fixtures.ts';
import { queryPlans } from './query-plans.ts';

const NOW = '2026-08-21T09:00:00.000Z';
const channel = { platform: 'fake', tenant: 'lab', channel: 'papers' };

let store: Store;
beforeEach(async () => {
  store = await aStore();
});
afterEach(() => store.destroy());

/** What is asked every minute or for every digest, and the index that answers it. */
const QUERIES: readonly (readonly [
  what: string,
  index: string,
  work: (store: Store) => Promise<unknown>,
])[] = [
  ['what is due', 'subscriptions_by_next_due', (watched) => dueSubscriptions(watched, NOW)],
  ['whom to serve', 'deliveries_open', (watched) => channelsToServe(watched, NOW)],
  ['the claims at a start', 'deliveries_open', (watched) => releaseClaims(watched)],
  ['the first list', 'digests_by_list', (watched) => firstOffered(watched, channel)],
  ['what is open', 'deliveries_open', (watched) => openDigests(watched, channel)],
  ['the channels with held pages', 'deliveries_held', (watched) => heldPages(watched, 5)],
  [
    'whom to tell of what is held',
    'deliveries_held',
    (watched) => untoldHeld(watched, 5, { platform: 'fake', now: NOW }),
  ],
  ['the channels that wait', 'deliveries_open', (watched) => waitingPages(watched, 5)],
  ['the lists drawn from', 'digests_by_list', (watched) => lastDrawn(watched, channel)],
  [
    'the days settled',
    'digests_1 (platform=? AND tenant=? AND channel=? AND local_date>?)',
    (watched) => settledDays(watched, channel, '2026-08-21'),
  ],
  ['the last digests', 'digests_1', (watched) => latestDigests(watched, channel, 5)],
  ['the last quiet day', 'digests_1', (watched) => lastQuietDay(watched, channel)],
  [
    'what a channel thinks',
    'reactions USING PRIMARY KEY (platform=? AND tenant=? AND channel=?)',
    (watched) => opinionsOf(watched, channel, 100),
  ],
  ['what to refresh', 'deliveries_to_refresh', (watched) => pagesToRefresh(watched, NOW, 5)],
  ['what was said long ago', 'deliveries_with_message', (watched) => forgetMessages(watched, NOW)],
  ['pages of long ago', 'digests_by_planned_at', (watched) => forgetPages(watched, NOW)],
];

describe('however much was posted before', () => {
  it.each(QUERIES)('%s is found by the index %s', async (_, index, work) => {
    const plans = (await queryPlans(store, work)).join('\n');
    expect(plans).toContain(index);
    expect(plans).not.toMatch(
      /SCAN (?!places|CONSTANT|deliveries USING (COVERING )?INDEX deliveries_(open|held))/,
    );
  });
});
