import type { Bookmarks } from './bookmarks/index.ts';
import type { Clock } from './clock.ts';
import { check, createDispatch, createHome, createSuggest } from './commands/index.ts';
import type { CommandServices } from './commands/command.ts';
import type { Journal } from './journal.ts';
import { createLinked } from './links/index.ts';
import type { Log } from './log.ts';
import { papersIn } from './message.ts';
import { MEANINGFUL_EMOJI, type Inbox, type Reaction } from './platform.ts';
import { addArrival, closeArrival, countAttempt, openArrivals } from './store/arrivals.ts';
import { knownTenants, recordDeparture, recordReturn } from './store/departures.ts';
import { createInstallations } from './store/installations.ts';
import { messagesSince } from './store/message-papers.ts';
import type { Store } from './store/open.ts';
import type { Turns } from './turns.ts';
import { getMemory, setMemory } from './store/platform-memory.ts';

export interface InboxOptions {
  readonly store: Store;
  readonly services: CommandServices;
  readonly bookmarks: Bookmarks;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly log: Log;
}

/** What platforms call. Failures are logged, and reach only those who can do the same again. */
export function createInbox(options: InboxOptions): Inbox {
  const { store, services, bookmarks, clock, log } = options;
  const logged = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      log.error({ err: error }, 'an event from a platform was not handled');
      return otherwise;
    }
  };
  const done = (work: Promise<unknown>) => logged<unknown>(work, undefined).then(() => undefined);
  return {
    command: createDispatch(options),
    check,
    home: createHome(options),
    suggest: createSuggest({ services, log }),
    reaction: (reaction) => react(options, reaction),
    reacted: (message, emoji, readers) => done(bookmarks.reconcile(message, emoji, readers)),
    recent: (platform, since) => logged(messagesSince(store, platform, since.toISOString()), []),
    linked: createLinked({
      find: (id) => services.find(id),
      shows: (channel) => services.showsLinks(channel),
      log,
    }),
    replied: (ref, message) => done(bookmarks.remember(ref, papersIn(message))),
    tenants: (platform) => logged(knownTenants(store, platform), []),
    left: (place) => recordDeparture(store, place, clock().toISOString()),
    joined: (place) => recordReturn(store, place),
    journal: createJournal(options),
    installations: createInstallations(store, clock),
    memory: {
      get: (platform, key) => logged(getMemory(store, platform, key), undefined),
      set: (platform, key, value) => done(setMemory(store, platform, key, value)),
    },
  };
}

async function react({ bookmarks, turns }: InboxOptions, reaction: Reaction): Promise<void> {
  // What means nothing takes no turn.
  if (!MEANINGFUL_EMOJI.includes(reaction.emoji)) return;
  await turns.take(reaction.reader, 'bookmark');
  await bookmarks.react(reaction);
}

function createJournal({ store, clock }: InboxOptions): Journal {
  return {
    keep: (arrival) => addArrival(store, arrival, clock().toISOString()),
    done: (arrival) => closeArrival(store, arrival),
    failed: (arrival) => countAttempt(store, arrival),
    open: (platform) => openArrivals(store, platform),
  };
}
