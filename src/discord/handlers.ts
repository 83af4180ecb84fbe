import { ShardClientUtil, type Client } from 'discord.js';
import type { CommandDefinition } from '../core/index.ts';
import type { Handlers } from './connection.ts';
import { toLogFields } from './errors.ts';
import { createInteract } from './interactions.ts';
import { createReact, reconcile } from './reactions.ts';
import { DIRECT, PLATFORM } from './settings.ts';
import type { Wire } from './wire.ts';

/** What is done about each thing that the gateway tells. */
export function createHandlers(
  wire: Wire,
  definitions: readonly CommandDefinition[],
  isOver: () => boolean,
): Handlers {
  const { inbox, log } = wire;
  const heed = (work: Promise<unknown>) => {
    work.catch((error: unknown) => {
      log.error(toLogFields(error), 'an event of Discord was not handled');
    });
  };
  const interact = createInteract(wire, definitions);
  const react = createReact(wire);
  return {
    reaction(event, added) {
      heed(react(event, added));
    },
    interaction(interaction) {
      heed(interact(interaction));
    },
    fresh(client, shard) {
      heed(catchUp(wire, client, shard, isOver));
    },
    joined(tenant) {
      heed(inbox.joined({ platform: PLATFORM, tenant }));
    },
    left(tenant) {
      heed(inbox.left({ platform: PLATFORM, tenant }));
    },
    channelGone(channel, guild = DIRECT) {
      heed(inbox.left({ platform: PLATFORM, tenant: guild, channel }));
    },
  };
}

/** What happened in a shard's servers while it was not connected. */
async function catchUp(
  wire: Wire,
  client: Client,
  shard: number,
  isOver: () => boolean,
): Promise<void> {
  const count = client.ws.shards.size;
  const isOurs = (tenant: string) => shardOf(tenant, count) === shard;
  for (const tenant of client.guilds.cache.keys()) {
    if (isOurs(tenant)) await wire.inbox.joined({ platform: PLATFORM, tenant });
  }
  await reconcile(wire, isOurs, isOver);
}

/** Direct messages come through the first shard. */
function shardOf(tenant: string, count: number): number {
  return tenant === DIRECT ? 0 : ShardClientUtil.shardIdForGuildId(tenant, count);
}
