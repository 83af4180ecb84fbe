import { Temporal } from 'temporal-polyfill';
import type { Archive } from './archive/index.ts';
import type { Bookmarks } from './bookmarks/index.ts';
import type { Clock } from './clock.ts';
import type { CommandServices, RankedList, Subscription } from './commands/command.ts';
import {
  selectDigest,
  sourceNote,
  toCandidate,
  withNote,
  type DigestSettings,
} from './digest/index.ts';
import type { DateString, Paper } from './paper.ts';
import type { ChannelRef, ChatPlatform } from './platform.ts';
import { rank, signals } from './ranking/index.ts';
import type { Taste } from './ranking/signal.ts';
import { nextContent, nextSlot, readOnce } from './schedule/index.ts';
import { findSimilar } from './search/similar.ts';
import { createSuggester } from './search/suggest.ts';
import type { PaperSource } from './sources/source.ts';
import { findCircuit } from './store/circuits.ts';
import { latestDigests } from './store/digest-history.ts';
import type { Store } from './store/open.ts';
import type { Tastes } from './tastes/index.ts';
import type { Vectors } from './vectors/index.ts';
import { countPapers, findPaper, papersOfLists, savePapers } from './store/papers.ts';
import { setLinks, showsLinks } from './store/quiet-links.ts';
import { deleteSubscription, getSubscription, putSubscription } from './store/subscriptions.ts';

/** How many past digests `/papers status` shows. */
const SHOWN_DIGESTS = 5;

/** What a channel without a subscription would get. */
const UNSUBSCRIBED = { count: 5, topics: [], muted: [], mode: 'settled' } as const;

/** Age-corrected votes alone decide what is trending. */
const TRENDING_WEIGHTS = Object.fromEntries(
  signals.map(({ id }) => [id, id === 'expected-votes' ? 1 : 0]),
);

export interface ServiceOptions {
  readonly store: Store;
  readonly sources: readonly PaperSource[];
  readonly archive: Archive;
  readonly bookmarks: Bookmarks;
  readonly search: CommandServices['search'];
  readonly tastes: Tastes;
  readonly vectors: Vectors;
  readonly platforms: readonly ChatPlatform[];
  readonly settings: DigestSettings;
  readonly clock: Clock;
}

/** Gives the commands what they need of the rest of the core. */
export function createServices(options: ServiceOptions): CommandServices {
  const { store, bookmarks, search, tastes } = options;
  const suggester = createSuggester(store, options.clock);
  return {
    today: async (channel, count) => {
      const topics = (await getSubscription(store, channel))?.topics ?? [];
      return newestList(options, { topics, count, taste: await tastes.of(channel) });
    },
    forReader: async (reader, count) => {
      const taste = await tastes.ofReader(reader);
      const list = await newestList(options, { topics: [], count, taste });
      return { ...list, learnt: taste !== undefined };
    },
    trending: (channel, days, count) => trending(options, channel, days, count),
    search,
    find: (id) => find(options, id),
    similar: (paper, count) => findSimilar(options, paper, count),
    subscription: (channel) => getSubscription(store, channel),
    subscribe: (wish) => subscribe(options, wish),
    unsubscribe: (channel) => deleteSubscription(store, channel),
    bookmarks: (reader, query) => bookmarks.list(reader, query),
    save: (reader, paper) => bookmarks.save(reader, paper),
    unsave: (reader, paper) => bookmarks.unsave(reader, paper),
    showsLinks: (channel) => showsLinks(store, channel),
    setLinks: (channel, shown) => setLinks(store, channel, shown),
    status: (channel) => status(options, channel),
    nextDigest: (channel) => nextDigest(options, channel),
    problems: async (channel) => (await platformOf(options, channel)?.problems?.(channel)) ?? [],
    suggestPapers: (typed) => suggester.papers(typed),
    suggestTopics: (typed) => suggester.topics(typed),
  };
}

function platformOf({ platforms }: ServiceOptions, { platform }: ChannelRef) {
  return platforms.find(({ id }) => id === platform);
}

interface ListWish {
  readonly topics: readonly string[];
  readonly count: number;
  readonly taste: Taste | undefined;
}

async function newestList(
  { store, archive, settings, clock, tastes }: ServiceOptions,
  { topics, count, taste }: ListWish,
): Promise<RankedList> {
  const shared = { store, settings, now: clock(), listed: readOnce(store), tastes };
  const dates = [archive.newestClosed()];
  const content = await selectDigest(shared, { count, topics, dates, ...(taste && { taste }) });
  return withNote(content, sourceNote(await archive.states(), content.ranked.length === 0));
}

async function nextDigest(
  options: ServiceOptions,
  channel: ChannelRef,
): ReturnType<CommandServices['nextDigest']> {
  const { store, archive, settings, clock, tastes } = options;
  const now = clock();
  const subscription = await getSubscription(store, channel);
  const newest = { closed: archive.newestClosed(), opened: archive.newestOpened() };
  const shared = { store, settings, now, listed: readOnce(store), tastes };
  const wanted = subscription ?? { channel, ...UNSUBSCRIBED };
  const content = await nextContent(shared, wanted, newest, await archive.states());
  return { ...content, ...(subscription && { subscription }) };
}

async function trending(
  { store, archive, settings, clock }: ServiceOptions,
  channel: ChannelRef,
  days: number,
  count: number,
): Promise<RankedList> {
  const newest = Temporal.PlainDate.from(archive.newestClosed());
  const dates = Array.from({ length: days }, (_, age) => newest.subtract({ days: age }).toString());
  const now = clock();
  const candidates = (await papersOfLists(store, dates)).map((entry) => toCandidate(entry, now));
  const { ranked } = rank(candidates, settings.profile, { count, weights: TRENDING_WEIGHTS });
  return { dates: dates.filter((date) => holds(candidates, date)), ranked };
}

function holds(candidates: readonly { paper: Paper }[], date: DateString): boolean {
  return candidates.some(({ paper }) => paper.listDate === date);
}

async function find(
  { store, sources, clock }: ServiceOptions,
  id: string,
): Promise<Paper | undefined> {
  const kept = await findPaper(store, id);
  if (kept !== undefined) return kept;
  for (const source of sources) {
    const found = await source.find?.(id);
    if (found === undefined) continue;
    await savePapers(store, [found], clock().toISOString());
    return found;
  }
  return undefined;
}

async function subscribe(
  { store, clock }: ServiceOptions,
  wish: Parameters<CommandServices['subscribe']>[0],
): Promise<Subscription> {
  const now = clock();
  const subscription = { ...wish, nextDue: nextSlot(wish, now).due };
  await putSubscription(store, subscription, now.toISOString());
  return subscription;
}

async function status(
  { store, archive }: ServiceOptions,
  channel: ChannelRef,
): ReturnType<CommandServices['status']> {
  const subscription = await getSubscription(store, channel);
  const circuit = await findCircuit(store, channel);
  return {
    sources: await archive.states(),
    paperCount: await countPapers(store),
    ...(subscription && { subscription }),
    deliveries: await latestDigests(store, channel, SHOWN_DIGESTS),
    ...(circuit && {
      refusal: {
        reason: circuit.reason,
        since: new Date(circuit.openedAt),
        nextTry: new Date(circuit.probeAt),
      },
    }),
  };
}
