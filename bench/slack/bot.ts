import { App, webApi } from '@slack/bolt';
import { DeliveryError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import { paragraph } from '../../src/core/message.ts';
import type { Installation } from '../../src/core/installations.ts';
import type { ChannelRef, ChatPlatform, Inbox } from '../../src/core/platform.ts';
import {
  addArrival,
  closeArrival,
  countAttempt,
  openArrivals,
} from '../../src/core/store/arrivals.ts';
import { openStore } from '../../src/core/store/open.ts';
import { createSlack } from '../../src/slack/index.ts';
import { Intake } from '../../src/slack/intake.ts';
import type { Install } from '../../src/slack/installs/install.ts';
import { createSeal } from '../../src/slack/installs/seal.ts';
import { toBoltLogger } from '../../src/slack/logger.ts';
import { createWorkspaces } from '../../src/slack/workspaces.ts';

/*
 * The bot alone in a process of its own, so that the cost of the fake Slack is not counted. It does
 * what it is told over IPC, and says what it took.
 */

/** What the bot is started with. */
export interface BotTask {
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly database: string;
  readonly installs: readonly Install[];
  /** Team -> its channels. */
  readonly channels: Readonly<Record<string, readonly string[]>>;
  readonly posts: number;
}

export interface Usage {
  readonly cpuMs: number;
  readonly residentMb: number;
}

/** From the start of all posts to the end of a team's, in milliseconds. */
export type Finished = Readonly<Record<string, number>>;

/** CPU of one event that is not for us, in microseconds: all of ours, and the same with Bolt's. */
export interface OwnCost {
  readonly ownUs: number;
  readonly boltUs: number;
}

export type Order = 'post' | 'usage' | 'own' | 'stop';

const OWN_RUNS = 100_000;

const task = JSON.parse(process.argv[2] ?? '{}') as BotTask;
const key = Buffer.alloc(32, 'k').toString('base64');
const store = openStore(task.database);
const nothing = () => Promise.resolve();
const now = () => new Date().toISOString();

function sealed(): Installation[] {
  const seal = createSeal([key]);
  return task.installs.map((install) => ({
    platform: 'slack',
    tenant: install.team,
    content: seal.close(JSON.stringify(install), install.team),
  }));
}

const inbox: Inbox = {
  command: () =>
    Promise.resolve({ private: true, message: { summary: 'Yes', blocks: [paragraph('Yes')] } }),
  check: () => [],
  home: () => Promise.resolve({ blocks: [], state: {} }),
  linked: () => Promise.resolve([]),
  suggest: () => Promise.resolve([]),
  reaction: nothing,
  reacted: nothing,
  recent: () => Promise.resolve([]),
  replied: nothing,
  tenants: () => Promise.resolve([]),
  left: nothing,
  joined: nothing,
  memory: { get: () => Promise.resolve(undefined), set: nothing },
  installations: { all: () => Promise.resolve(sealed()), put: nothing, remove: nothing },
  // On a real file, since that is what an acknowledgement waits for.
  journal: {
    keep: (arrival) => addArrival(store, arrival, now()),
    done: (arrival) => closeArrival(store, arrival),
    failed: (arrival) => countAttempt(store, arrival),
    open: (platform) => openArrivals(store, platform),
  },
};

async function postAll(platform: ChatPlatform): Promise<Finished> {
  const began = performance.now();
  const teams = Object.entries(task.channels).map(async ([tenant, channels]) => {
    const all = channels.map((channel) => postIn(platform, { platform: 'slack', tenant, channel }));
    await Promise.all(all);
    return [tenant, performance.now() - began] as const;
  });
  return Object.fromEntries(await Promise.all(teams));
}

/** As the core does it: one after the other, and again after the wait that a service asks for. */
async function postIn(platform: ChatPlatform, channel: ChannelRef): Promise<void> {
  for (let count = 0; count < task.posts;) {
    const line = `${channel.channel} ${count}`;
    try {
      const message = { summary: line, blocks: [paragraph(line)] };
      await platform.post(channel, message, { key: line });
      count += 1;
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.retryAfterMs === undefined) throw error;
      const { retryAfterMs } = error;
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }
}

function usage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, residentMb: process.memoryUsage.rss() / 2 ** 20 };
}

/** A stranger's reaction that goes through our intake, and through Bolt as it comes. */
async function ownCost(): Promise<OwnCost> {
  const [install] = task.installs;
  if (install === undefined) throw new Error('There is no workspace');
  const { team, name, botUser, botId } = install;
  const workspace = { team, name, botUser, botId, client: new webApi.WebClient() };
  const workspaces = createWorkspaces([workspace], silentLog);
  const options = {
    receiver: { init: () => undefined, start: nothing, stop: nothing },
    authorize: () => Promise.resolve({ teamId: team }),
    convoStore: false as const,
    logger: toBoltLogger(silentLog),
  };
  const { journal } = inbox;
  const clock = () => new Date();
  const refuse = () => Promise.resolve(undefined);
  const means = { journal, workspaces, clock, log: silentLog, refuse, closingMs: 1000 };
  const ours = new Intake(options, means);
  const bolt = new App(options);
  const body = {
    type: 'event_callback',
    team_id: team,
    event_id: 'Ev1',
    event_time: 1,
    authorizations: [{ team_id: team }],
    event: { type: 'reaction_added', user: 'U1', reaction: '+1', item: {}, item_user: 'U2' },
  };
  const ownUs = await costOf(ours, body);
  return { ownUs, boltUs: await costOf(bolt, body) };
}

async function costOf(app: App, body: object): Promise<number> {
  const run = async () => {
    for (let count = 0; count < OWN_RUNS; count++) await app.processEvent({ body, ack: nothing });
  };
  await run();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / OWN_RUNS;
}

const platform = createSlack({
  apiUrl: task.apiUrl,
  signingSecret: task.signingSecret,
  oauth: { clientId: '1', clientSecret: '2', encryptionKeys: [key] },
  port: 0,
  managers: 'admins',
  clock: () => new Date(),
  log: silentLog,
});

const orders: Readonly<Record<Order, () => unknown>> = {
  post: () => postAll(platform),
  usage,
  own: ownCost,
  stop: () => platform.stop().then(() => process.exit(0)),
};

process.on('message', (order: Order) => {
  void Promise.resolve(orders[order]()).then((result) => process.send?.(result));
});

await platform.start(inbox, []);
process.send?.({ port: Number(/port (\d+)/.exec(platform.describe())?.[1]) });
