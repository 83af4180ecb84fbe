import { patiently, type CommandDefinition, type Inbox } from '../core/index.ts';
import { registerCommands } from './commands.ts';
import { checkBudget, connect, disconnect } from './connection.ts';
import { toSetback } from './errors.ts';
import { createHandlers } from './handlers.ts';
import { createHealth } from './health.ts';
import { createLanes } from './lanes.ts';
import { createPost, type Post } from './post.ts';
import { createPublish } from './publish.ts';
import { createAsk } from './rest.ts';
import { slowDownRestarts } from './restarts.ts';
import type { DiscordSettings } from './settings.ts';
import { createUpdate, type Update } from './update.ts';
import { startWatchdog } from './watchdog.ts';
import { createWire, type Wire } from './wire.ts';

/** The bot while it runs. */
export interface Session {
  readonly wire: Wire;
  readonly post: Post;
  readonly update: Update;
  close(): Promise<void>;
}

/** Connects, tells Discord the commands, and looks after the connection until it is closed. */
export async function openSession(
  settings: DiscordSettings,
  inbox: Inbox,
  commands: readonly CommandDefinition[],
  stopping: AbortSignal,
): Promise<Session> {
  const { clock, log, crosspost, watchMs } = settings;
  const health = createHealth(clock, log);
  const ask = createAsk(settings, health);
  const { wire, connected } = createWire({ ask, inbox, clock, log });
  const handlers = createHandlers(wire, commands, () => stopping.aborted);
  const patience = { service: 'Discord', read: toSetback, log, signal: stopping };
  const open = async () => {
    const shards = await patiently(() => checkBudget(ask), patience);
    await slowDownRestarts(inbox, clock, log, stopping);
    const limits = { shards, signal: stopping };
    const client = await patiently(() => connect(settings, health, handlers, limits), patience);
    connected(client);
    return client;
  };
  const { application } = await open();
  await registerCommands(wire, application.id, commands);
  const watchdog = startWatchdog(wire, open, watchMs);
  const lanes = createLanes();
  const publish = createPublish(wire, lanes);
  return {
    wire,
    post: createPost(wire, lanes, (ref, place) => {
      if (crosspost) void publish(ref, place);
    }),
    update: createUpdate(wire, lanes),
    close: async () => {
      watchdog.stop();
      await disconnect(wire.client);
    },
  };
}
