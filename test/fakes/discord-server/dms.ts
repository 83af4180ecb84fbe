import { tellOf } from './threads.ts';
import type { Channel, World } from './world.ts';

/** The one private channel with a user, made when it is first needed. */
export function dmWith(world: World, userId: string): Channel {
  const known = [...world.channels.values()].find(({ recipientId }) => recipientId === userId);
  if (known) return known;
  const channel: Channel = {
    id: world.nextId(),
    type: 1,
    name: '',
    recipientId: userId,
    overwrites: new Map(),
    slowmodeSeconds: 0,
    tags: [],
    requireTag: false,
    messages: new Map(),
  };
  world.channels.set(channel.id, channel);
  tellOf(world, 'CHANNEL_CREATE', channel);
  return channel;
}
