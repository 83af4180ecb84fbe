import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDiscord } from '../src/discord/index.ts';
import { silentLog } from '../src/core/log.ts';
import { paragraph } from '../src/core/message.ts';
import { createRecordingInbox } from '../test/contract/recording-inbox.ts';
import { startDiscordServer, type DiscordServer } from '../test/fakes/discord-server/index.ts';
import type { Channel } from '../test/fakes/discord-server/world.ts';
import { definitions } from '../test/fixtures/messages.ts';
import type { Usage } from './discord-bot.ts';
import { percentile, type Figure, type Findings } from './figures.ts';

const CHANNELS = 1_000;
const PER_SECOND = 25;
const EVENTS = 1_000_000;
const WARM_UP = 50_000;
const ASK_EVERY_MS = 200;

/** A thousand channels due at once, and a million reactions on strangers' messages. */
export async function benchDiscord(): Promise<Findings> {
  const figures = [...(await benchFanOut()), ...(await benchReactions())];
  return { benchmark: 'discord', data: 'the wire-level Discord server', n: CHANNELS, figures };
}

async function benchFanOut(): Promise<Figure[]> {
  const server = await startDiscordServer();
  const guild = server.addGuild();
  const channels = Array.from({ length: CHANNELS }, () => server.addChannel({ guild }));
  const platform = createDiscord({
    token: server.token,
    apiUrl: server.url,
    requestsPerSecond: PER_SECOND,
    crosspost: false,
    clock: () => new Date(),
    log: silentLog,
  });
  await platform.start(createRecordingInbox(), definitions);
  const asking = askMeanwhile(server, channels[0]!, server.addUser({ guilds: [guild] }).id);
  const began = performance.now();
  await Promise.all(
    channels.map(({ id }) =>
      platform.post(
        { platform: 'discord', tenant: guild.id, channel: id },
        { summary: 'A digest', blocks: [paragraph('A digest')] },
        { key: id },
      ),
    ),
  );
  const tookMs = performance.now() - began;
  const waits = await asking.stop();
  await platform.stop();
  await server.close();
  const counts = channels.map(({ messages }) => {
    return [...messages.values()].filter(({ interactionId }) => interactionId === undefined).length;
  });
  return [
    { name: '1,000 channels at 25/s', unit: 'ms', value: tookMs },
    {
      name: 'time against the configured rate',
      unit: '×',
      value: tookMs / ((CHANNELS / PER_SECOND) * 1_000),
      atMost: 1.05,
    },
    { name: 'answers of 429', unit: 'count', value: server.countOf429(), atMost: 0 },
    { name: 'lost', unit: 'count', value: counts.filter((count) => count < 1).length, atMost: 0 },
    {
      name: 'doubled',
      unit: 'count',
      value: counts.filter((count) => count > 1).length,
      atMost: 0,
    },
    { name: 'interactions meanwhile', unit: 'count', value: waits.length },
    { name: 'their acknowledgement, p99', unit: 'ms', value: percentile(waits, 0.99), atMost: 100 },
  ];
}

/** Runs a command every 200 ms, and measures how long its first answer takes. */
function askMeanwhile(server: DiscordServer, channel: Channel, userId: string) {
  const waits: number[] = [];
  const open = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const began = performance.now();
    const handle = server.runCommand({ channel, userId }, { name: 'papers', subcommand: 'today' });
    const asked = handle.first().then(() => {
      waits.push(performance.now() - began);
      open.delete(asked);
    });
    open.add(asked);
  }, ASK_EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      return waits;
    },
  };
}

async function benchReactions(): Promise<Figure[]> {
  const server = await startDiscordServer();
  const guild = server.addGuild();
  const channel = server.addChannel({ guild });
  const { url, token } = server;
  const bot = fork(
    fileURLToPath(new URL('discord-bot.ts', import.meta.url)),
    [JSON.stringify({ url, token })],
    { execArgv: ['--import', 'tsx', '--expose-gc'] },
  );
  await once(bot, 'message');
  const usage = async (ask: () => void) => {
    const said = once(bot, 'message') as Promise<[Usage]>;
    ask();
    return (await said)[0];
  };
  const mark = () => {
    server.dispatch(reactionOf(server, channel, 0, server.bot.id));
  };
  await flood(server, channel, WARM_UP);
  const before = await usage(mark);
  await flood(server, channel, EVENTS);
  const after = await usage(mark);
  const { ownUs } = await usage(() => bot.send('own'));
  bot.send('stop');
  await once(bot, 'exit');
  await server.close();
  return [
    {
      name: 'CPU of a stranger’s reaction, all',
      unit: 'µs',
      value: ((after.cpuMs - before.cpuMs) * 1_000) / EVENTS,
    },
    { name: 'of it ours', unit: 'µs', value: ownUs, atMost: 5 },
    { name: 'resident memory before', unit: 'MB', value: before.residentMb },
    {
      name: 'and after a million',
      unit: '×',
      value: after.residentMb / before.residentMb,
      atMost: 1.1,
    },
  ];
}

const BATCH = 1_000;
const MOST_BUFFERED = 1_000_000;

/** Sends that many reactions on strangers' messages, each second one taken back, no faster than they are read. */
async function flood(server: DiscordServer, channel: Channel, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    server.dispatch(
      sent % 2 === 0 ? reactionOf(server, channel, sent, '1') : removalOf(channel, sent - 1),
    );
    if (sent % BATCH > 0) continue;
    do await new Promise(setImmediate);
    while (buffered(server) > MOST_BUFFERED);
  }
}

function buffered({ gateway }: DiscordServer): number {
  const sizes = [...gateway.sessions.values()].map(({ socket }) => socket?.bufferedAmount ?? 0);
  return Math.max(0, ...sizes);
}

function removalOf({ id, guildId }: Channel, index: number) {
  return {
    t: 'MESSAGE_REACTION_REMOVE',
    guildId: guildId!,
    d: {
      user_id: userOf(index),
      channel_id: id,
      message_id: messageOf(index),
      guild_id: guildId,
      emoji: { id: null, name: '👍' },
      burst: false,
      type: 0,
    },
  };
}

function userOf(index: number): string {
  return String(900_000_000_000_000_000n + BigInt(index));
}

function messageOf(index: number): string {
  return String(800_000_000_000_000_000n + BigInt(index));
}

/** Everybody once, so that a cache of people would grow. */
function reactionOf(
  { clock }: DiscordServer,
  { id, guildId }: Channel,
  index: number,
  author: string,
) {
  const user_id = userOf(index);
  const user = { id: user_id, username: `reader${index}`, discriminator: '0', avatar: null };
  return {
    t: 'MESSAGE_REACTION_ADD',
    guildId: guildId!,
    d: {
      user_id,
      channel_id: id,
      message_id: messageOf(index),
      guild_id: guildId,
      message_author_id: author,
      emoji: { id: null, name: '👍' },
      burst: false,
      type: 0,
      member: { user, roles: [], joined_at: new Date(clock.now()).toISOString(), deaf: false },
    },
  };
}
