import { fork, type ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { APP, startSlackServer, type SlackServer } from '../test/fakes/slack-server/index.ts';
import { percentile, type Figure, type Findings } from './figures.ts';
import type { BotTask, Finished, Order, OwnCost, Usage } from './slack-bot.ts';

const TEAMS = 50;
const CHANNELS_EACH = 10;
const POSTS = 20;
const PACE_MS = 1100;
/** The workspace that answers 429 for half a minute. */
const SLOW = 'T7';
const SLOW_S = 30;
const ASK_EVERY_MS = 100;
const EVENTS = 100_000;
const WARM_UP = 20_000;
const SENDERS = 16;

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

interface Bot {
  readonly url: string;
  ask<Answer>(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

async function startBot(task: BotTask): Promise<Bot> {
  const child = fork(
    fileURLToPath(new URL('slack-bot.ts', import.meta.url)),
    [JSON.stringify(task)],
    { execArgv: ['--import', 'tsx', '--expose-gc'] },
  );
  const { port } = await answerOf<{ port: number }>(child);
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    ask: (order) => {
      const answer = answerOf<never>(child);
      child.send(order);
      return answer;
    },
    async stop() {
      child.send('stop' satisfies Order);
      await once(child, 'exit');
    },
  };
}

async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The bot’s process has ended');
  });
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer];
  return answer;
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

async function benchForeign(bot: Bot, task: BotTask): Promise<Figure[]> {
  await flood(bot.url, task, WARM_UP);
  const before = await bot.ask<Usage>('usage');
  await flood(bot.url, task, EVENTS);
  const after = await bot.ask<Usage>('usage');
  const { ownUs, boltUs } = await bot.ask<OwnCost>('own');
  return [
    {
      name: 'CPU of a foreign event, its HTTP and signature included',
      unit: 'µs',
      value: ((after.cpuMs - before.cpuMs) * 1000) / EVENTS,
    },
    { name: 'of it ours', unit: 'µs', value: ownUs, atMost: 20 },
    { name: 'what Bolt would add in its place', unit: 'µs', value: boltUs },
    { name: 'resident memory before', unit: 'MB', value: before.residentMb },
    {
      name: 'and after 100,000',
      unit: '×',
      value: after.residentMb / before.residentMb,
      atMost: 1.1,
    },
  ];
}

/** Sends that many signed events that are not for us, and waits for every acknowledgement. */
async function flood(url: string, { installs }: BotTask, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  let sent = 0;
  const sender = async () => {
    while (sent < count) {
      const body = foreignEvent(sent++, installs[sent % installs.length]!.team);
      const status = await send(agent, url, body);
      if (status !== 200) throw new Error(`A foreign event was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  agent.destroy();
}

/** A reaction on a stranger's message; every tenth in a workspace that has removed the app. */
function foreignEvent(index: number, team: string): string {
  const home = index % 10 === 0 ? 'TGONE' : team;
  const [ts, now] = [`${1_800_000_000 + index}.000100`, Math.floor(Date.now() / 1000)];
  return JSON.stringify({
    token: 'verification-token',
    team_id: home,
    api_app_id: APP.id,
    event: {
      type: 'reaction_added',
      user: `U9${index}`,
      reaction: '+1',
      item: { type: 'message', channel: `C9${index % 1000}`, ts },
      item_user: `U8${index}`,
      event_ts: ts,
    },
    type: 'event_callback',
    event_id: `Ev9${index}`,
    event_time: now,
    authorizations: [{ enterprise_id: null, team_id: home, user_id: 'UBOT', is_bot: true }],
    is_ext_shared_channel: false,
  });
}

function send(agent: Agent, url: string, body: string): Promise<number> {
  const stamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', APP.signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-slack-request-timestamp': stamp,
          'x-slack-signature': `v0=${hash}`,
        },
      },
      (answer) => {
        answer.resume().on('end', () => {
          resolve(answer.statusCode ?? 0);
        });
      },
    );
    asked.on('error', reject).end(body);
  });
}
