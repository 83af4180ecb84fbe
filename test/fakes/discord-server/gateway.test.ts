import { setTimeout as delay } from 'node:timers/promises';
import { once } from 'node:events';
import { Client, Events, GatewayIntentBits, REST, type ClientOptions } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, createRest, login } from './client.ts';
import { startDiscordServer, type DiscordServer, type DiscordServerOptions } from './index.ts';
import type { Channel, Guild, Message, User } from './world.ts';

let server: DiscordServer;
let client: Client;
let guild: Guild;
let channel: Channel;
let ada: User;
let message: Message;
/** What discord.js told of reactions, as "+🔖" and "-🔖". */
let heard: string[];

async function start(options: DiscordServerOptions = {}): Promise<void> {
  server = await startDiscordServer(options);
  guild = server.addGuild();
  channel = server.addChannel({ guild });
  ada = server.addUser({ guilds: [guild] });
  message = server.write(channel, server.bot.id, 'An old message');
}

async function connect(options: Partial<ClientOptions> = {}): Promise<void> {
  client = createClient(server, options);
  heard = [];
  client.on(Events.MessageReactionAdd, ({ emoji }) => heard.push(`+${emoji.name}`));
  client.on(Events.MessageReactionRemove, ({ emoji }) => heard.push(`-${emoji.name}`));
  await login(client, server);
}

beforeEach(async () => {
  await start();
});

afterEach(async () => {
  // discord.js's wait for a shard that it was just replacing itself never ends.
  await Promise.race([client.destroy(), delay(2_000)]);
  await server.close();
  expect(server.crashes).toEqual([]);
});

const soon = { interval: 5, timeout: 5_000 };

/** Waits until the client heard so many reactions. */
async function hear(count: number): Promise<string[]> {
  await expect.poll(() => heard.length, soon).toBe(count);
  return heard;
}

/** How many of these op codes the bot sent. */
function sent(op: number): number {
  return server.gateway.received.filter((frame) => frame.op === op).length;
}

const [IDENTIFY, RESUME] = [2, 6];

test('reactions to a message from before the start arrive, with who wrote it', async () => {
  await connect();
  const added = once(client, Events.MessageReactionAdd);
  server.react(message, '🔖', ada.id);
  const [reaction] = (await added) as [{ partial: boolean; message: { id: string } }];
  expect(reaction).toMatchObject({ partial: true, message: { id: message.id } });
  server.unreact(message, '🔖', ada.id);
  expect(await hear(2)).toEqual(['+🔖', '-🔖']);
});

test('only events of the intents come', async () => {
  await connect();
  const names: string[] = [];
  client.ws.on('MESSAGE_CREATE' as never, () => names.push('MESSAGE_CREATE'));
  server.write(channel, ada.id, 'Not for the bot');
  server.typeDm(ada.id, 'Neither');
  server.react(server.typeDm(ada.id, 'Nor this'), '🔖', ada.id);
  server.react(message, '👍', ada.id);
  expect(await hear(1)).toEqual(['+👍']);
  expect(names).toEqual([]);
});

test('without the message content intent others’ messages come empty', async () => {
  await connect({ intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] });
  const created = once(client, Events.MessageCreate);
  server.write(channel, ada.id, 'A secret');
  expect((await created)[0]).toMatchObject({ content: '' });
  const own = once(client, Events.MessageCreate);
  server.write(channel, server.bot.id, 'Our own');
  expect((await own)[0]).toMatchObject({ content: 'Our own' });
});

test('after a broken connection the client resumes and gets what it missed, in order', async () => {
  await connect();
  server.gateway.drop();
  server.react(message, '🔖', ada.id);
  server.unreact(message, '🔖', ada.id);
  server.react(message, '👍', ada.id);
  expect(await hear(3)).toEqual(['+🔖', '-🔖', '+👍']);
  expect([sent(IDENTIFY), sent(RESUME)]).toEqual([1, 1]);
});

test('asked to reconnect, the client resumes', async () => {
  await connect();
  const resumed = once(client, Events.ShardResume);
  server.gateway.reconnect();
  await resumed;
  expect([sent(IDENTIFY), sent(RESUME)]).toEqual([1, 1]);
});

test.each([
  ['false: the client identifies anew, and the gap is lost', false, 2, 0],
  ['true: the client resumes', true, 1, 1],
])('Invalid Session %s', async (_what, resumable, identifies, resumes) => {
  await connect();
  server.gateway.invalidate(resumable);
  await expect.poll(() => [sent(IDENTIFY), sent(RESUME)], soon).toEqual([identifies, resumes]);
  await expect.poll(() => server.gateway.sessions.size, soon).toBe(1);
  server.react(message, '🔖', ada.id);
  expect(await hear(1)).toEqual(['+🔖']);
});

test('a session that was forgotten can’t be resumed', async () => {
  await connect();
  server.gateway.drop();
  server.gateway.forget();
  await expect.poll(() => [sent(IDENTIFY), sent(RESUME)], soon).toEqual([2, 1]);
});

test('a zombie is silent until the client misses its heartbeat, then all comes again', async () => {
  await server.close();
  await start({ gateway: { heartbeatMs: 400 } });
  await connect();
  server.gateway.silence();
  server.react(message, '🔖', ada.id);
  expect(heard).toEqual([]);
  expect(await hear(1)).toEqual(['+🔖']);
  expect(sent(IDENTIFY)).toBe(1);
});

test.each<
  [what: string, intents: readonly GatewayIntentBits[], server: DiscordServerOptions, RegExp]
>([
  ['an intent that was not granted', [GatewayIntentBits.MessageContent], {}, /disallowed intents/i],
  ['too many servers on a shard', [], { gateway: { maxGuildsPerShard: 0 } }, /shard/i],
])('%s ends the connection for good', async (_what, intents, options, message) => {
  await server.close();
  await start(options);
  client = createClient(server, { intents: [...intents] });
  const failed = once(client, Events.Error).then(([error]) => error as unknown);
  await expect(Promise.race([client.login(server.token), failed])).rejects.toThrow(message);
});

test('a revoked token closes the connection, and REST with it', async () => {
  await connect();
  const closed = once(client, Events.ShardDisconnect);
  server.revokeToken();
  expect((await closed)[0]).toMatchObject({ code: 4004 });
  await expect(createRest(server).get('/users/@me')).rejects.toMatchObject({ status: 401 });
});

test('the last IDENTIFY of the day takes the token with it', async () => {
  await connect();
  const rest: REST = createRest(server);
  expect(await rest.get('/gateway/bot')).toMatchObject({
    session_start_limit: { total: 1_000, remaining: 999, max_concurrency: 1 },
  });
  server.gateway.budget.leave(0);
  const closed = once(client, Events.ShardDisconnect);
  server.gateway.invalidate(false);
  expect((await closed)[0]).toMatchObject({ code: 4004 });
});

test('IDENTIFYs that follow too closely get Invalid Session', async () => {
  await server.close();
  await start({ gateway: { identifyWindowMs: 60_000 } });
  await connect();
  server.gateway.invalidate(false);
  await expect.poll(() => sent(IDENTIFY), soon).toBeGreaterThan(1);
  expect(server.gateway.sessions.size).toBe(0);
  server.clock.advance(60_000);
  await expect.poll(() => server.gateway.sessions.size, soon).toBe(1);
  expect(server.gateway.budget.used).toBe(sent(IDENTIFY));
});

test('two shards get their own servers’ events', async () => {
  await server.close();
  await start({ gateway: { shards: 2 } });
  for (let count = 0; count < 4; count++) {
    server.addGuild();
    server.clock.advance(1);
  }
  await connect({ shards: 'auto' });
  expect(client.guilds.cache.size).toBe(5);
  expect([...server.gateway.sessions.values()].map(({ shard }) => shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);
  const shards = new Set(client.guilds.cache.map(({ shardId }) => shardId));
  expect([...shards].sort()).toEqual([0, 1]);
});

test('an outage makes a server unavailable; being thrown out removes it', async () => {
  await connect();
  const unavailable = once(client, Events.GuildUnavailable);
  server.startOutage(guild);
  await unavailable;
  expect(client.guilds.cache.get(guild.id)?.available).toBe(false);
  const back = once(client, Events.GuildAvailable);
  server.endOutage(guild);
  await back;
  const gone = once(client, Events.GuildDelete);
  server.removeBot(guild);
  await gone;
  expect(client.guilds.cache.size).toBe(0);
});

test('what changes while the bot is connected reaches its caches', async () => {
  await connect();
  const created = once(client, Events.ChannelCreate);
  const other = server.addChannel({ guild, name: 'other' });
  await created;
  const updated = once(client, Events.ChannelUpdate);
  server.setPermissions(other, ['VIEW_CHANNEL']);
  await updated;
  const found = client.channels.cache.get(other.id);
  const me = client.guilds.cache.get(guild.id)?.members.me;
  if (!found || !me || found.isDMBased()) throw new Error('It is not there.');
  expect(found.permissionsFor(me).has('SendMessages')).toBe(false);
  const deleted = once(client, Events.ChannelDelete);
  server.deleteChannel(other);
  await deleted;
});
