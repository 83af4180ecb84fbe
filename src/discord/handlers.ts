import { ShardClientUtil, type Client } from 'discord.js';
import type { CommandDefinition } from '../core/index.ts';
import type { Handlers } from './connection.ts';
import { toLogFields } from './errors.ts';
import { createInteract } from './interactions.ts';
import { createReactions } from './reactions.ts';
import { reconcile } from './reconcile.ts';
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
  const reactions = createReactions(wire);
  return {
    reaction(event, added, us) {
      heed(reactions.react(event, added, us));
    },
    cleared(message) {
      heed(reactions.clear(message));
    },
    interaction(interaction) {
      heed(interact(interaction));
    },
    fresh(client, shard) {
      heed(catchUp(wire, client, shard, { isOver, reactions }));
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
  during: Omit<Parameters<typeof reconcile>[1], 'isWanted'>,
): Promise<void> {
  const { inbox } = wire;
  const count = client.ws.shards.size;
  const isOurs = (tenant: string) => shardOf(tenant, count) === shard;
  const servers = client.guilds.cache;
  for (const tenant of servers.keys()) {
    if (isOurs(tenant)) await inbox.joined({ platform: PLATFORM, tenant });
  }
  // Discord names all servers at first, those with an outage too.
  for (const tenant of await inbox.tenants(PLATFORM)) {
    const isGone = isOurs(tenant) && tenant !== DIRECT && !servers.has(tenant);
    if (isGone) await inbox.left({ platform: PLATFORM, tenant });
  }
  await reconcile(wire, { isWanted: isOurs, ...during });
}

/** Direct messages come through the first shard. */
function shardOf(tenant: string, count: number): number {
  return tenant === DIRECT ? 0 : ShardClientUtil.shardIdForGuildId(tenant, count);
}
