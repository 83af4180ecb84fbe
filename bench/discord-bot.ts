import { createHandlers } from '../src/discord/handlers.ts';
import { createDiscord } from '../src/discord/index.ts';
import type { ReactionEvent } from '../src/discord/reactions.ts';
import type { Wire } from '../src/discord/wire.ts';
import { silentLog } from '../src/core/log.ts';
import type { Inbox } from '../src/core/platform.ts';

/*
 * The bot alone in a process of its own, so that the cost of the fake Discord is not counted. It
 * says over IPC what the process has used at each of its own reactions, and ends when told.
 */

export interface Usage {
  readonly cpuMs: number;
  readonly residentMb: number;
  /** Of our own part alone, of one stranger's reaction. */
  readonly ownUs: number;
}

const OWN_RUNS = 1_000_000;

const { url = '', token = '' } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;

const nothing = () => Promise.resolve();
const inbox: Inbox = {
  command: () => Promise.reject(new Error('Nobody asks')),
  check: () => [],
  linked: () => Promise.resolve([]),
  home: () => Promise.resolve({ blocks: [], state: {} }),
  suggest: () => Promise.resolve([]),
  reaction: () => {
    process.send?.(usage());
    return Promise.resolve();
  },
  reacted: nothing,
  recent: () => Promise.resolve([]),
  replied: nothing,
  tenants: () => Promise.resolve([]),
  left: nothing,
  joined: nothing,
  memory: { get: () => Promise.resolve(undefined), set: nothing },
  installations: { all: () => Promise.resolve([]), put: nothing, remove: nothing },
  journal: {
    keep: () => Promise.resolve(true),
    done: nothing,
    failed: nothing,
    open: () => Promise.resolve([]),
  },
};

function usage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const residentMb = process.memoryUsage.rss() / 2 ** 20;
  return { cpuMs: (user + system) / 1_000, residentMb, ownUs: 0 };
}

/** The CPU of all that we do about a stranger's reaction, put on or taken back, in microseconds. */
async function ownUs(): Promise<number> {
  const wire: Pick<Wire, 'inbox' | 'log' | 'us'> = { inbox, log: silentLog, us: () => '1' };
  const handlers = createHandlers(wire as Wire, [], () => false);
  const event: ReactionEvent = {
    user_id: '2',
    channel_id: '3',
    message_id: '4',
    guild_id: '5',
    emoji: { id: null, name: '👍' },
  };
  const before = process.cpuUsage();
  for (let run = 0; run < OWN_RUNS; run += 1) {
    const message_id = String(run >> 1);
    if (run % 2 === 0)
      handlers.reaction({ ...event, message_id, message_author_id: '6' }, true, '1');
    else handlers.reaction({ ...event, message_id }, false, '1');
    if (run % 1_000 === 0) await new Promise(setImmediate);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / OWN_RUNS;
}

const platform = createDiscord({
  token,
  apiUrl: url,
  requestsPerSecond: 25,
  crosspost: false,
  clock: () => new Date(),
  log: silentLog,
});

process.on('message', (message) => {
  if (message === 'own') void ownUs().then((us) => process.send?.({ ...usage(), ownUs: us }));
  if (message === 'stop') void platform.stop().then(() => process.exit(0));
});

await platform.start(inbox, []);
process.send?.('ready');
