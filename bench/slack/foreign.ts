import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { APP } from '../../test/fakes/slack-server/index.ts';
import type { Figure } from '../figures.ts';
import type { BotTask, OwnCost, Usage } from './bot.ts';
import type { Bot } from './process.ts';

const EVENTS = 100_000;
const WARM_UP = 20_000;
const SENDERS = 16;

/** A hundred thousand events that are not for us. */
export async function benchForeign(bot: Bot, task: BotTask): Promise<Figure[]> {
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
