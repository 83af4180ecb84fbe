import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from '../../src/core/commands/command.ts';
import { addDays } from '../../src/core/archive/days.ts';
import type { ChannelRef } from '../../src/core/platform.ts';
import { nextSlot } from '../../src/core/schedule/slot.ts';
import { closeStore, openStore } from '../../src/core/store/open.ts';
import { putSubscription } from '../../src/core/store/subscriptions.ts';
import { dailyItems } from '../core/archive/setting.ts';
import { startDiscordServer, type DiscordServer } from '../fakes/discord-server/index.ts';
import { startHuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { APP, startSlackServer, type SlackServer } from '../fakes/slack-server/index.ts';

/** Everything around the program: its services, its channels, and the time that passes there. */
export interface Stage {
  readonly discord: DiscordServer;
  readonly slack: SlackServer;
  readonly channels: readonly ChannelRef[];
  readonly database: string;
  /** What the program is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** How far the stage's time is ahead of the machine's, in milliseconds. */
  readonly ahead: () => number;
  readonly now: () => number;
  /** Lets time pass for all services. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly folder: string;
  /** Of each platform. */
  readonly channels: number;
  /** Discord knows no nonce and lets nobody read: nothing keeps a digest from being doubled. */
  readonly isBlind?: boolean;
  /** Discord alone, all due at 09:00 in UTC with a message each, at the program's own pace. */
  readonly isCrowd?: boolean;
}

/** All within some hours of one another, in zones that change their clocks and in one that doesn't. */
const SCHEDULES = [
  { at: '09:00', timezone: 'UTC' },
  { at: '05:00', timezone: 'America/New_York' },
  { at: '14:30', timezone: 'Asia/Kolkata' },
  { at: '11:00', timezone: 'Europe/Berlin' },
];

/** Digests of one, two and three messages. */
const SHAPES: readonly { readonly layout: Layout; readonly count: number }[] = [
  { layout: 'compact', count: 2 },
  { layout: 'thread', count: 1 },
  { layout: 'channel', count: 2 },
  { layout: 'compact', count: 1 },
  { layout: 'thread', count: 2 },
];

/** A crowd comes from several servers: Discord lets one have 500 channels at most. */
const CHANNELS_OF_A_GUILD = 100;

/** Lists of so many days ahead, of so few papers that no time goes into learning from them. */
const DAYS = 700;
const PAPERS = 3;

export async function openStage(options: StageOptions): Promise<Stage> {
  const { folder, isBlind = false, isCrowd = false } = options;
  const huggingFace = await startHuggingFaceServer({ folders: [] });
  const first = addDays(new Date().toISOString().slice(0, 10), -10);
  for (let day = 0; day < DAYS; day += 1) {
    const date = addDays(first, day);
    huggingFace.lists.set(date, dailyItems(date, PAPERS));
  }
  const discord = await startDiscordServer(isBlind ? { nonceWindowMs: 0 } : {});
  const slack = await startSlackServer();
  const botToken = slack.addTeam('T1');
  const channels = addChannels(discord, slack, options);
  const database = join(folder, 'paperboy.db');
  await subscribe(database, channels, isCrowd);
  const config = join(folder, 'paperboy.yaml');
  const pace = isCrowd ? '' : 'discord:\n  requestsPerSecond: 45\n';
  writeFileSync(config, `${pace}log:\n  level: warn\n`);
  let ahead = 0;
  return {
    discord,
    slack,
    channels,
    database,
    env: {
      PAPERBOY_CONFIG: config,
      PAPERBOY_DATABASE: database,
      PAPERBOY_HF_URL: huggingFace.url,
      DISCORD_TOKEN: discord.token,
      PAPERBOY_DISCORD_API_URL: discord.url,
      ...(!isCrowd && {
        SLACK_BOT_TOKEN: botToken,
        SLACK_APP_TOKEN: APP.appToken,
        PAPERBOY_SLACK_API_URL: slack.apiUrl,
      }),
    },
    ahead: () => ahead,
    now: () => Date.now() + ahead,
    async advance(time) {
      const ms = Math.ceil(time);
      ahead += ms;
      discord.clock.advance(ms);
      await slack.clock.advance(ms);
    },
    async close() {
      await Promise.all([discord.close(), slack.close(), huggingFace.close()]);
    },
  };
}

/** All that digests need, but not to read what stands in a channel. */
const UNREADING = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'CREATE_PUBLIC_THREADS',
  'EMBED_LINKS',
] as const;

function addChannels(
  discord: DiscordServer,
  slack: SlackServer,
  { channels, isBlind = false, isCrowd = false }: StageOptions,
): ChannelRef[] {
  let guild = discord.addGuild();
  return Array.from({ length: channels }, (_, index): ChannelRef[] => {
    if (isCrowd && index > 0 && index % CHANNELS_OF_A_GUILD === 0) guild = discord.addGuild();
    const { id } = discord.addChannel({ guild, ...(isBlind && { permissions: UNREADING }) });
    const ref = { platform: 'discord', tenant: guild.id, channel: id };
    if (isCrowd) return [ref];
    const channel = `C${index}`;
    slack.addChannel(channel, 'T1');
    return [ref, { platform: 'slack', tenant: 'T1', channel }];
  }).flat();
}

async function subscribe(
  database: string,
  channels: readonly ChannelRef[],
  isCrowd: boolean,
): Promise<void> {
  const store = openStore(database);
  const now = new Date();
  for (const [index, channel] of channels.entries()) {
    const pair = isCrowd ? 0 : Math.floor(index / 2);
    const schedule = { ...SCHEDULES[pair % SCHEDULES.length]!, days: [1, 2, 3, 4, 5, 6, 7] };
    await putSubscription(
      store,
      {
        channel,
        reader: { ...channel, user: 'U1' },
        ...schedule,
        ...SHAPES[pair % SHAPES.length]!,
        topics: [],
        muted: [],
        mode: 'settled',
        nextDue: nextSlot(schedule, now).due,
      },
      now.toISOString(),
    );
  }
  await closeStore(store);
}
