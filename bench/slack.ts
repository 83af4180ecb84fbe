import { join } from 'node:path';
import { APP, startSlackServer, type SlackServer } from '../test/fakes/slack-server/index.ts';
import { percentile, type Figure, type Findings } from './figures.ts';
import type { BotTask, Finished, Usage } from './slack/bot.ts';
import { benchForeign } from './slack/foreign.ts';
import { startBot, type Bot } from './slack/process.ts';

const TEAMS = 50;
const CHANNELS_EACH = 10;
const POSTS = 20;
const PACE_MS = 1100;
/** The workspace that answers 429 for half a minute. */
const SLOW = 'T7';
const SLOW_S = 30;
const ASK_EVERY_MS = 100;

/** Five hundred channels in fifty workspaces due at once, and a hundred thousand foreign events. */
export async function benchSlack(_data: string, folder: string): Promise<Findings> {
  const server = await startSlackServer();
  const task = people(server, folder);
  const bot = await startBot(task);
  server.useHttp(bot.url);
  const figures = [...(await benchFanOut(server, bot, task)), ...(await benchForeign(bot, task))];
  await bot.stop();
  await server.close();
  const data = `${TEAMS} workspaces on the wire-level Slack server`;
  return { benchmark: 'slack', data, n: TEAMS * CHANNELS_EACH, of: 'channels', figures };
}

function people(server: SlackServer, folder: string): BotTask {
  const channels: Record<string, string[]> = {};
  const installs: BotTask['installs'][number][] = [];
  for (let number = 0; number < TEAMS; number++) {
    const team = `T${number}`;
    const botToken = server.addTeam(team);
    server.addUser(`U${number}`, team);
    channels[team] = Array.from({ length: CHANNELS_EACH }, (_, index) => `C${number}x${index}`);
    for (const channel of channels[team]) server.addChannel(channel, team);
    const { botUser, botId } = server.world.installs.get(team)!;
    const who = { team, name: team, botToken, botUser, botId };
    installs.push({ ...who, scopes: [], installer: `U${number}`, installedAt: 0 });
  }
  const { apiUrl } = server;
  const database = join(folder, 'slack.db');
  return { apiUrl, database, signingSecret: APP.signingSecret, installs, channels, posts: POSTS };
}

async function benchFanOut(server: SlackServer, bot: Bot, task: BotTask): Promise<Figure[]> {
  const wait = { kind: 'rate-limit', retryAfter: SLOW_S, team: SLOW } as const;
  server.fail('chat.postMessage', wait, CHANNELS_EACH);
  const before = await bot.ask<Usage>('usage');
  const asking = askMeanwhile(server);
  const finished = await bot.ask<Finished>('post');
  const waits = await asking.stop();
  const after = await bot.ask<Usage>('usage');
  const { [SLOW]: slowMs = NaN, ...others } = finished;
  const idealMs = (POSTS - 1) * PACE_MS;
  const counts = Object.values(task.channels)
    .flat()
    .map((channel) => server.messages(channel).length);
  return [
    {
      name: `${POSTS} posts in each channel`,
      unit: 'ms',
      value: Math.max(...Object.values(others)),
    },
    {
      name: 'time against 1.1 s a post and channel',
      unit: '×',
      value: Math.max(...Object.values(others)) / idealMs,
      atMost: 1.05,
    },
    {
      name: `${SLOW} (429 for ${SLOW_S} s) against that and its wait`,
      unit: '×',
      value: slowMs / (idealMs + SLOW_S * 1000),
      atMost: 1.05,
    },
    {
      name: 'CPU of a post',
      unit: 'µs',
      value: ((after.cpuMs - before.cpuMs) * 1000) / (POSTS * counts.length),
    },
    { name: '429 that we caused', unit: 'count', value: server.api.limited.length, atMost: 0 },
    { name: 'posts hidden by Slack', unit: 'count', value: server.hidden().length, atMost: 0 },
    {
      name: 'lost',
      unit: 'count',
      value: counts.filter((count) => count < POSTS).length,
      atMost: 0,
    },
    {
      name: 'doubled',
      unit: 'count',
      value: counts.filter((count) => count > POSTS).length,
      atMost: 0,
    },
    { name: 'commands meanwhile', unit: 'count', value: waits.length },
    { name: 'their acknowledgement, p50', unit: 'ms', value: percentile(waits, 0.5) },
    { name: 'their acknowledgement, p99', unit: 'ms', value: percentile(waits, 0.99), atMost: 200 },
  ];
}

/** Somebody types a command every 100 ms; how long Slack waits for each acknowledgement. */
function askMeanwhile(server: SlackServer) {
  const waits: number[] = [];
  const open = new Set<Promise<void>>();
  let count = 0;
  const timer = setInterval(() => {
    const number = count++ % TEAMS;
    const asked = server.readers
      .type(`U${number}`, `C${number}x0`, 'help')
      .then(({ status, ms }) => {
        waits.push(status === 200 ? ms : Infinity);
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
