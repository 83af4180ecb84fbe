import type { CommandCall } from '../../../src/core/command-call.ts';
import type {
  CommandServices,
  SearchOptions,
  StatusReport,
  Subscription,
  SubscriptionWish,
} from '../../../src/core/commands/command.ts';
import type { TopicsWish } from '../../../src/core/subscription.ts';
import type { Log } from '../../../src/core/log.ts';
import type { Block, Message, PaperCard } from '../../../src/core/message.ts';
import type { Paper } from '../../../src/core/paper.ts';
import type { Kept } from '../../../src/core/privacy.ts';

/** Tuesday night in UTC, Wednesday morning in Berlin. */
export const NOW = new Date('2026-11-24T23:00:00Z');

export function createPaper(over: Partial<Paper> = {}): Paper {
  return {
    id: '2608.01234',
    title: 'Agents that read',
    abstract: 'We teach agents to read. They now read.',
    authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Kurt Gödel', 'Emmy Noether'],
    categories: ['cs.CL'],
    keywords: [],
    upvotes: 163,
    source: 'hugging-face',
    ...over,
  };
}

export const NOTHING_KEPT: Kept = {
  bookmarks: [],
  reactions: [],
  subscriptions: [],
  joined: [],
  codes: [],
  arrivals: [],
};

/** What a command asked of its services, for tests to look at. */
export interface Asked {
  today: number[];
  trending: { days: number; count: number }[];
  searches: { query: string; options: SearchOptions }[];
  wishes: SubscriptionWish[];
  topics: TopicsWish[];
  saves: string[];
}

const EMPTY: StatusReport = {
  sources: [],
  paperCount: 0,
  meaning: { ok: true, detail: 'Vectors were learnt from 300 papers of the archive.' },
  deliveries: [],
};

/** Services with one paper, an unsubscribed channel and no bookmarks; `over` replaces some. */
export function createServices(over: Partial<CommandServices> = {}): CommandServices & {
  readonly asked: Asked;
} {
  const asked: Asked = { today: [], trending: [], searches: [], wishes: [], topics: [], saves: [] };
  const paper = createPaper();
  const ranked = [{ paper, score: 1, why: 'top 3% for its age' }];
  return {
    asked,
    today(_channel, count) {
      asked.today.push(count);
      return Promise.resolve({ dates: ['2026-11-24'], ranked });
    },
    forReader(_reader, _channel, count) {
      asked.today.push(count);
      return Promise.resolve({ dates: ['2026-11-24'], ranked, learnt: true });
    },
    trending(_channel, days, count) {
      asked.trending.push({ days, count });
      return Promise.resolve({ dates: ['2026-11-24'], ranked });
    },
    search(query, options) {
      asked.searches.push({ query, options });
      return Promise.resolve({ hits: [{ paper, from: ['archive'] }], notes: [], tried: NOWHERE });
    },
    find: (id) => Promise.resolve(id === paper.id ? paper : undefined),
    similar: (_channel, asked) =>
      Promise.resolve([{ ...asked, id: '2608.05678', title: 'Readers that act' }]),
    subscription: () => Promise.resolve(undefined),
    subscribe(wish) {
      asked.wishes.push(wish);
      return Promise.resolve({ ...wish, nextDue: new Date('2026-11-25T08:00:00Z') });
    },
    setTopics(wish) {
      asked.topics.push(wish);
      return Promise.resolve();
    },
    unsubscribe: () => Promise.resolve(true),
    bookmarks: () => Promise.resolve([]),
    save(_reader, id) {
      asked.saves.push(id);
      return Promise.resolve(true);
    },
    unsave: () => Promise.resolve(true),
    libraries: {
      invite: () => Promise.resolve('ABCD-EFGH'),
      join: () => Promise.resolve({ outcome: 'joined' }),
      part: () => Promise.resolve(true),
      others: () => Promise.resolve([]),
    },
    privacy: {
      kept: () => Promise.resolve(NOTHING_KEPT),
      erase: () => Promise.resolve(NOTHING_KEPT),
    },
    nameOf: (platform) => platform,
    showsLinks: () => Promise.resolve(true),
    setLinks: () => Promise.resolve(),
    status: () => Promise.resolve(EMPTY),
    nextDigest: () => Promise.resolve({ dates: ['2026-11-24'], ranked, dropped: [] }),
    postNow: () => Promise.resolve({ papers: 5, already: false }),
    postHeld: () => Promise.resolve(undefined),
    dropHeld: () => Promise.resolve(undefined),
    problems: () => Promise.resolve([]),
    suggestPapers: () => Promise.resolve([]),
    suggestTopics: () => Promise.resolve([]),
    ...over,
  };
}

export const CHANNEL = { platform: 'test', tenant: 'lab', channel: 'papers' };
export const READER = { platform: 'test', tenant: 'lab', user: 'ada' };

export function callOf(input: CommandCall['input'], over: Partial<CommandCall> = {}): CommandCall {
  return { name: '', input, channel: CHANNEL, reader: READER, canManage: true, ...over };
}

export function createSubscription(over: Partial<Subscription> = {}): Subscription {
  return {
    channel: CHANNEL,
    reader: READER,
    at: '07:30',
    timezone: 'Asia/Tokyo',
    days: [1, 4],
    count: 8,
    topics: ['agents'],
    muted: [],
    mode: 'settled',
    layout: 'thread',
    nextDue: new Date('2026-11-25T22:30:00Z'),
    ...over,
  };
}

export interface LogLine {
  readonly level: string;
  readonly fields: object;
  readonly message: string;
}

/** A log that keeps its lines. */
export function createLog(lines: LogLine[] = []): Log {
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** All that a message says outside its cards, one line a block or item. */
export function textOf(message: Message): string {
  return message.blocks.flatMap(linesOf).join('\n');
}

function linesOf(block: Block): string[] {
  if (block.type === 'heading') return [block.text];
  if (block.type === 'text') return [block.spans.map(({ text }) => text).join('')];
  if (block.type !== 'list') return [];
  return block.items.map((spans) => spans.map(({ text }) => text).join(''));
}

export function cardsOf(message: Message): PaperCard[] {
  return message.blocks.flatMap((block) => (block.type === 'paper' ? [block.paper] : []));
}

/** Where and how a search that tried nothing looked. */
export const NOWHERE = { places: [], ways: [] };
