import { Temporal } from 'temporal-polyfill';
import type { CommandServices, RankedList } from './commands/command.ts';
import {
  selectDigest,
  sourceNote,
  toCandidate,
  whoseTaste,
  withNote,
  type DigestWish,
} from './digest/index.ts';
import type { DateString, Paper } from './paper.ts';
import type { ChannelRef, ReaderRef } from './platform.ts';
import type { Privacy } from './privacy.ts';
import { rank, signals } from './ranking/index.ts';
import { nextDigest, postHeld, postNow, statusOf } from './services/delivery.ts';
import { sharedBy, type ServiceOptions } from './services/options.ts';
import { similarIn } from './services/similar.ts';
import { mutedIn, subscribe, unsubscribe } from './services/subscription.ts';
import { createSuggester } from './search/suggest.ts';
import { erase } from './store/erase.ts';
import { dropHeld } from './store/held-pages.ts';
import { findPaper, papersOfLists, savePapers } from './store/papers.ts';
import { keptOf } from './store/personal-data.ts';
import { setLinks, showsLinks } from './store/quiet-links.ts';
import { getSubscription, personalSubscriptions, setTopics } from './store/subscriptions.ts';

/** Age-corrected votes alone decide what is trending. */
const TRENDING_WEIGHTS = Object.fromEntries(
  signals.map(({ id }) => [id, id === 'expected-votes' ? 1 : 0]),
);

/** Gives the commands what they need of the rest of the core. */
export function createServices(options: ServiceOptions): CommandServices {
  const { store, bookmarks, libraries, platforms, search, tastes } = options;
  const suggester = createSuggester(store, options.clock);
  return {
    today: (channel, count) => today(options, channel, count),
    forReader: async (reader, channel, count) => {
      const list = await listForReader(options, reader, channel, count);
      return { ...list, learnt: await tastes.knows(reader) };
    },
    trending: (channel, days, count) => trending(options, channel, days, count),
    search,
    find: (id) => find(options, id),
    similar: (channel, paper, count) => similarIn(options, channel, paper, count),
    subscription: (channel) => getSubscription(store, channel),
    subscribe: (wish) => subscribe(options, wish),
    setTopics: (wish) => setTopics(store, wish),
    unsubscribe: (channel) => unsubscribe(options, channel),
    bookmarks: (reader, query) => bookmarks.list(reader, query),
    save: (reader, paper) => bookmarks.save(reader, paper),
    unsave: (reader, paper) => bookmarks.unsave(reader, paper),
    libraries,
    privacy: createPrivacy(options),
    nameOf: (platform) => platforms.find(({ id }) => id === platform)?.name ?? platform,
    showsLinks: (channel) => showsLinks(store, channel),
    setLinks: (channel, shown) => setLinks(store, channel, shown),
    status: (channel) => statusOf(options, channel),
    nextDigest: (channel) => nextDigest(options, channel),
    postNow: (channel) => postNow(options, channel),
    postHeld: (channel) => postHeld(options, channel),
    dropHeld: (channel) => dropHeld(store, channel),
    problems: (channel) => problemsOf(options, channel),
    suggestPapers: (typed) => suggester.papers(typed),
    suggestTopics: (typed) => suggester.topics(typed),
  };
}

/** A channel that has no subscription gets what it asks for in threads. */
async function problemsOf(
  options: ServiceOptions,
  channel: ChannelRef,
): Promise<readonly string[]> {
  const { layout = 'thread' } = (await getSubscription(options.store, channel)) ?? {};
  return (await platformOf(options, channel)?.problems?.(channel, layout === 'thread')) ?? [];
}

function createPrivacy({ store, clock }: ServiceOptions): Privacy {
  return {
    kept: (reader) => keptOf(store, reader),
    erase: (reader) => erase(store, reader, clock().toISOString()),
  };
}

function platformOf({ platforms }: ServiceOptions, { platform }: ChannelRef) {
  return platforms.find(({ id }) => id === platform);
}

type ListWish = Required<Pick<DigestWish, 'topics' | 'muted' | 'count' | 'whose'>>;

async function today(
  options: ServiceOptions,
  channel: ChannelRef,
  count: number,
): Promise<RankedList> {
  const subscription = await getSubscription(options.store, channel);
  const { topics = [], muted = [] } = subscription ?? {};
  const whose = whoseTaste(subscription ?? { channel });
  return newestList(options, { topics, muted, count, whose });
}

/** By the reader's own topics; without what they mute, and without what the channel does. */
async function listForReader(
  options: ServiceOptions,
  reader: ReaderRef,
  channel: ChannelRef,
  count: number,
): Promise<RankedList> {
  const own = await personalSubscriptions(options.store, reader);
  const topics = [...new Set(own.flatMap((each) => each.topics))];
  const muted = own.flatMap((each) => each.muted);
  const here = await mutedIn(options.store, channel);
  return newestList(options, { topics, muted: [...muted, ...here], count, whose: { reader } });
}

async function newestList(options: ServiceOptions, wish: ListWish): Promise<RankedList> {
  const { archive } = options;
  const dates = [archive.newestClosed()];
  const content = await selectDigest(sharedBy(options), { ...wish, dates });
  return withNote(content, sourceNote(await archive.states(), content.ranked.length === 0));
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
  const muted = await mutedIn(store, channel);
  const profile = { ...settings.profile, muted: [...settings.profile.muted, ...muted] };
  const { ranked } = rank(candidates, profile, { count, weights: TRENDING_WEIGHTS });
  return { dates: dates.filter((date) => holds(candidates, date)), ranked };
}

function holds(candidates: readonly { paper: Paper }[], date: DateString): boolean {
  return candidates.some(({ paper }) => paper.listDate === date);
}

async function find(
  { store, sources, beyond = [], clock }: ServiceOptions,
  id: string,
): Promise<Paper | undefined> {
  const kept = await findPaper(store, id);
  if (kept !== undefined) return kept;
  for (const source of new Set([...sources, ...beyond])) {
    const found = await source.find?.(id);
    if (found === undefined) continue;
    await savePapers(store, [found], clock().toISOString());
    return found;
  }
  return undefined;
}
