import type { CommandServices, PostedNow } from '../commands/command.ts';
import type { ChannelRef } from '../platform.ts';
import { newestLists, nextContent, planNow } from '../schedule/index.ts';
import type { HeldDigest } from '../status.ts';
import { findCircuit } from '../store/circuits.ts';
import { openDeliveries, openDigests } from '../store/deliveries.ts';
import { latestDigests } from '../store/digest-history.ts';
import { releaseHeld } from '../store/held-pages.ts';
import { heldUntil } from '../store/outbox-mark.ts';
import { countPapers } from '../store/papers.ts';
import { planFailures } from '../store/plan-failures.ts';
import { untouchedDigests } from '../store/slots.ts';
import { getSubscription } from '../store/subscriptions.ts';
import { tryAgain } from './subscription.ts';
import { sharedBy, type ServiceOptions } from './options.ts';

/** How many past digests `/papers status` shows. */
const SHOWN_DIGESTS = 5;

/** What a channel without a subscription would get. */
const UNSUBSCRIBED = {
  count: 5,
  topics: [],
  muted: [],
  mode: 'settled',
  layout: 'thread',
  timezone: 'UTC',
} as const;

export async function nextDigest(
  options: ServiceOptions,
  channel: ChannelRef,
): ReturnType<CommandServices['nextDigest']> {
  const subscription = await getSubscription(options.store, channel);
  // What a channel refuses comes with the next one.
  const isRefused = (await findCircuit(options.store, channel)) !== undefined;
  const without = isRefused ? await untouchedDigests(options.store, channel) : [];
  const wanted = { ...(subscription ?? { channel, ...UNSUBSCRIBED }), without };
  const news = await newsOf(options, subscription?.nextDue);
  const content = await nextContent(sharedBy(options), wanted, ...news);
  const waits = (await openDigests(options.store, channel)).some((id) => !without.includes(id));
  return { ...content, ...(waits && { waits }), ...(subscription && { subscription }) };
}

export async function postNow(options: ServiceOptions, channel: ChannelRef): Promise<PostedNow> {
  const subscription = await getSubscription(options.store, channel);
  const wanted = subscription ?? { channel, ...UNSUBSCRIBED };
  const posted = await planNow(sharedBy(options), wanted, ...(await newsOf(options)));
  const outlook = await outlookOf(options, channel);
  const tried = await tryAgain(options.store, channel, options.clock());
  options.deliver();
  return { ...posted, ...outlook, ...tried };
}

/** A wait up to this long, in milliseconds, is sat out when it is tried now. */
const SOON_MS = 60_000;

/** What waits and what is held: pages go in order, so that all wait for the first. */
async function outlookOf(
  { store, clock }: ServiceOptions,
  channel: ChannelRef,
): Promise<Pick<PostedNow, 'waits' | 'nextTry' | 'held'>> {
  const [first] = await openDeliveries(store, channel);
  const nextTry = new Date(first?.retryAt ?? clock());
  const isLater = nextTry.getTime() - clock().getTime() > SOON_MS;
  const held = (await latestDigests(store, channel, 1)).some((each) => each.held !== undefined);
  return { ...(first && { waits: true }), ...(isLater && { nextTry }), ...(held && { held }) };
}

export async function postHeld(
  { store, clock, deliver }: ServiceOptions,
  channel: ChannelRef,
): Promise<HeldDigest | undefined> {
  const released = await releaseHeld(store, channel, clock().toISOString());
  const tried = await tryAgain(store, channel, clock());
  deliver();
  return released && { ...released, ...tried };
}

/** The newest lists now, or at a later moment: what will have closed by then may still be open. */
async function newsOf({ store, archive, clock }: ServiceOptions, at = clock()) {
  const moment = new Date(Math.max(at.getTime(), clock().getTime()));
  const newest = newestLists(archive, await heldUntil(store), moment);
  return [newest, await archive.states()] as const;
}

export async function statusOf(
  { store, archive, vectors }: ServiceOptions,
  channel: ChannelRef,
): ReturnType<CommandServices['status']> {
  const subscription = await getSubscription(store, channel);
  const circuit = await findCircuit(store, channel);
  const [failure] = await planFailures(store, { most: 1, of: channel });
  return {
    sources: await archive.states(),
    paperCount: await countPapers(store),
    meaning: await vectors.state(),
    ...(subscription && { subscription }),
    ...(failure && { unplanned: { nextTry: new Date(failure.retryAt) } }),
    deliveries: await latestDigests(store, channel, SHOWN_DIGESTS),
    ...(circuit && {
      refusal: {
        reason: circuit.reason,
        since: new Date(circuit.openedAt),
        nextTry: new Date(circuit.probeAt),
        ...(circuit.threadsOnly === true && { threadsOnly: true }),
      },
    }),
  };
}
