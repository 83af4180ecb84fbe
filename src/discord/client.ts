import { Client, GatewayIntentBits, Options } from 'discord.js';
import type { Health } from './health.ts';
import { restOptions } from './rest.ts';
import type { DiscordSettings } from './settings.ts';

/** None of them is privileged. The third brings reactions on our messages to people in private. */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessageReactions,
];

/** What we never look at; it would only grow. */
const UNUSED = [
  ...['ApplicationCommandManager', 'ApplicationEmojiManager', 'AutoModerationRuleManager'],
  ...['BaseGuildEmojiManager', 'DMMessageManager', 'EntitlementManager', 'GuildBanManager'],
  ...['GuildEmojiManager', 'GuildForumThreadManager', 'GuildInviteManager', 'GuildMessageManager'],
  ...['GuildScheduledEventManager', 'GuildStickerManager', 'GuildTextThreadManager'],
  ...['MessageManager', 'PresenceManager', 'ReactionManager', 'ReactionUserManager'],
  ...['StageInstanceManager', 'ThreadMemberManager', 'VoiceStateManager'],
];

/** How long the start waits for servers that are down: what is missing comes later. */
const WAIT_FOR_GUILDS_MS = 5_000;

/** discord.js's client: the gateway, and what it must know of servers, channels and our own roles. */
export function createClient(settings: DiscordSettings, health: Health): Client {
  const keepOnlyUs = {
    maxSize: 0,
    keepOverLimit: ({ id }: { readonly id: string }) => id === client.user?.id,
  };
  const client: Client = new Client({
    intents: INTENTS,
    shards: 'auto',
    waitGuildTimeout: WAIT_FOR_GUILDS_MS,
    allowedMentions: { parse: [] },
    rest: restOptions(settings, health),
    makeCache: Options.cacheWithLimits({
      ...Object.fromEntries(UNUSED.map((name) => [name, 0])),
      UserManager: keepOnlyUs,
      GuildMemberManager: keepOnlyUs,
    }),
  });
  return client;
}
