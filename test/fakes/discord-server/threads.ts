import { wireChannel } from './wire/channel.ts';
import type { Channel, World } from './world.ts';

export interface ThreadOptions {
  readonly name: string;
  /** The message's, for a thread of a message. */
  readonly id?: string;
  readonly ownerId?: string;
  readonly autoArchiveMinutes?: number;
  readonly appliedTags?: readonly string[];
}

/** Opens a public thread, or a post of a forum, and tells the gateway. */
export function createThread(world: World, parent: Channel, options: ThreadOptions): Channel {
  const channel: Channel = {
    id: options.id ?? world.nextId(),
    type: parent.type === 5 ? 10 : 11,
    name: options.name,
    ...(parent.guildId !== undefined && { guildId: parent.guildId }),
    parentId: parent.id,
    overwrites: new Map(),
    slowmodeSeconds: 0,
    tags: [],
    requireTag: false,
    messages: new Map(),
    thread: {
      ownerId: options.ownerId ?? world.bot.id,
      archived: false,
      locked: false,
      autoArchiveMinutes: options.autoArchiveMinutes ?? 4_320,
      archiveChangedAt: world.clock.now(),
      appliedTags: options.appliedTags ?? [],
    },
  };
  world.channels.set(channel.id, channel);
  tellOf(world, 'THREAD_CREATE', channel, { newly_created: true });
  return channel;
}

/** A message that is sent to an archived thread opens it. */
export function reopen(world: World, channel: Channel): void {
  if (!channel.thread?.archived) return;
  channel.thread.archived = false;
  channel.thread.archiveChangedAt = world.clock.now();
  tellOf(world, 'THREAD_UPDATE', channel);
}

const MINUTE_MS = 60_000;

/** Archives the threads in which nobody has written for as long as each of them says. */
export function archiveIdle(world: World): void {
  const now = world.clock.now();
  for (const channel of world.channels.values()) {
    const { thread } = channel;
    if (thread === undefined || thread.archived) continue;
    if (now - lastActive(channel) < thread.autoArchiveMinutes * MINUTE_MS) continue;
    thread.archived = true;
    thread.archiveChangedAt = now;
    tellOf(world, 'THREAD_UPDATE', channel);
  }
}

function lastActive({ thread, messages }: Channel): number {
  const written = [...messages.values()].map(({ timestamp }) => timestamp);
  return Math.max(thread?.archiveChangedAt ?? 0, ...written);
}

/** Sends an event about a channel or thread. */
export function tellOf(world: World, t: string, channel: Channel, more = {}): void {
  const d = { ...wireChannel(channel, world.users), ...more };
  world.emit({ t, d, ...(channel.guildId !== undefined && { guildId: channel.guildId }) });
}
