import { setTimeout as delay } from 'node:timers/promises';
import type {
  CallProblem,
  CommandCall,
  SuggestCall,
  Suggestion,
} from '../../src/core/command-call.ts';
import type { Home, HomeCall } from '../../src/core/home.ts';
import type { Installation } from '../../src/core/installations.ts';
import type { Arrival } from '../../src/core/journal.ts';
import type { Message } from '../../src/core/message.ts';
import type {
  Inbox,
  LinkCard,
  MessageRef,
  Place,
  Reaction,
  ReaderRef,
  Reply,
} from '../../src/core/platform.ts';

/** Remembers what a platform hands over, and answers every command with `reply`. */
export interface RecordingInbox extends Inbox {
  reply: Reply;
  /** How long a command takes. */
  delayMs: number;
  readonly calls: CommandCall[];
  readonly reactions: Reaction[];
  readonly replies: { readonly ref: MessageRef; readonly message: Message }[];
  /** Answers `check`, for any call. */
  problems: readonly CallProblem[];
  /** Answers `home`. */
  page: Home;
  readonly homeCalls: HomeCall[];
  /** Answers `linked`. */
  cards: readonly LinkCard[];
  /** Answers `suggest`, for any argument. */
  suggestions: readonly Suggestion[];
  readonly suggestCalls: SuggestCall[];
  /** Answers `recent`. */
  recentMessages: readonly MessageRef[];
  /** Answers `tenants`. */
  knownTenants: readonly string[];
  readonly reconciled: { message: MessageRef; emoji: string; readers: readonly ReaderRef[] }[];
  readonly places: { readonly kind: 'left' | 'joined'; readonly place: Place }[];
  /** What was remembered, by `platform|key`. Share it between inboxes to act out a restart. */
  readonly facts: Map<string, string>;
  /** What was installed. Share it between inboxes to act out a restart. */
  readonly installed: Map<string, Installation>;
  /** What was kept, done or not, in order. */
  readonly arrivals: { readonly arrival: Arrival; attempts: number; done: boolean }[];
}

export function createRecordingInbox(facts = new Map<string, string>()): RecordingInbox {
  const calls: CommandCall[] = [];
  const reactions: Reaction[] = [];
  const replies: { ref: MessageRef; message: Message }[] = [];
  const inbox: RecordingInbox = {
    reply: { private: true, message: { summary: '', blocks: [] } },
    calls,
    reactions,
    replies,
    problems: [],
    check: () => inbox.problems,
    page: { blocks: [], state: {} },
    homeCalls: [],
    home: (call) => {
      inbox.homeCalls.push(call);
      return Promise.resolve(inbox.page);
    },
    cards: [],
    linked: () => Promise.resolve(inbox.cards),
    suggestions: [],
    suggestCalls: [],
    recentMessages: [],
    reconciled: [],
    places: [],
    facts,
    suggest: (call) => {
      inbox.suggestCalls.push(call);
      return Promise.resolve(inbox.suggestions);
    },
    recent: () => Promise.resolve(inbox.recentMessages),
    reacted: (message, emoji, readers) => {
      inbox.reconciled.push({ message, emoji, readers });
      return Promise.resolve();
    },
    knownTenants: [],
    tenants: () => Promise.resolve(inbox.knownTenants),
    left: (place) => {
      inbox.places.push({ kind: 'left', place });
      return Promise.resolve();
    },
    joined: (place) => {
      inbox.places.push({ kind: 'joined', place });
      return Promise.resolve();
    },
    memory: {
      get: (platform, key) => Promise.resolve(facts.get(`${platform}|${key}`)),
      set: (platform, key, value) => {
        facts.set(`${platform}|${key}`, value);
        return Promise.resolve();
      },
    },
    installed: new Map(),
    installations: {
      all: (platform) =>
        Promise.resolve([...inbox.installed.values()].filter((each) => each.platform === platform)),
      put: (installation) => {
        inbox.installed.set(installation.tenant, installation);
        return Promise.resolve();
      },
      remove: (_platform, tenant) => {
        inbox.installed.delete(tenant);
        return Promise.resolve();
      },
    },
    arrivals: [],
    journal: {
      keep: (arrival) => {
        const isNew = find(inbox, arrival) === undefined;
        if (isNew) inbox.arrivals.push({ arrival, attempts: 0, done: false });
        return Promise.resolve(isNew);
      },
      done: (arrival) => {
        Object.assign(find(inbox, arrival) ?? {}, { done: true });
        return Promise.resolve();
      },
      failed: (arrival) => {
        const kept = find(inbox, arrival);
        if (kept !== undefined) kept.attempts += 1;
        return Promise.resolve();
      },
      open: () =>
        Promise.resolve(
          inbox.arrivals
            .filter(({ done }) => !done)
            .map(({ arrival, attempts }) => ({ ...arrival, attempts, receivedAt: new Date() })),
        ),
    },
    delayMs: 0,
    command: async (call) => {
      calls.push(call);
      const { reply, delayMs } = inbox;
      if (delayMs > 0) await delay(delayMs);
      return reply;
    },
    reaction: (reaction) => {
      reactions.push(reaction);
      return Promise.resolve();
    },
    replied: (ref, message) => {
      replies.push({ ref, message });
      return Promise.resolve();
    },
  };
  return inbox;
}

function find(inbox: RecordingInbox, { tenant, id }: Arrival) {
  return inbox.arrivals.find(({ arrival }) => arrival.tenant === tenant && arrival.id === id);
}
