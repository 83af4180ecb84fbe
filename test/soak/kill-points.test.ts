import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../e2e/paperboy-process.ts';
import { startBot, type Bot } from './bot.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';
import { takeTally, type Tally } from './tally.ts';

let folder: string;
let stage: Stage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-soak-'));
});

afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const POSTS = /^POST .*\/messages$/;
const MANY = 20;

/** Where the process is killed: what each service does with our requests until then. */
const KILL_POINTS: readonly (readonly [name: string, hold: () => void])[] = [
  [
    '2: killed before a service saw the post',
    () => {
      stage.discord.fail({ kind: 'hang' }, { on: POSTS, times: MANY });
      stage.slack.fail('chat.postMessage', { kind: 'hang' }, MANY);
    },
  ],
  [
    '3 and 4: killed after a service took the post, before we noted it',
    () => {
      stage.discord.fail({ kind: 'hang', acted: true }, { on: POSTS, times: MANY });
      stage.slack.fail('chat.postMessage', { kind: 'hang', posted: true }, MANY);
    },
  ],
  [
    '5: killed between two pages',
    () => {
      stage.discord.fail({ kind: 'hang' }, { on: /^POST .*\/threads$/, times: MANY });
      const isTaken = () => stage.slack.messages('C1').length > 0;
      void eventually(
        () => isTaken() || undefined,
        60_000,
        () => 'a first page',
        5,
      ).then(() => {
        stage.slack.fail('chat.postMessage', { kind: 'hang' }, MANY);
      });
    },
  ],
];

it.each(KILL_POINTS)(
  '%s: after the restart everything stands once',
  async (_, hold) => {
    await open();
    expect(await killAt(hold)).toEqual(ALL);
  },
  200_000,
);

it('sees a message doubled where Discord knows no nonce and nobody may look', async () => {
  await open({ isBlind: true });
  const hold = () => {
    stage.discord.fail({ kind: 'hang', acted: true }, { on: POSTS, times: MANY });
    stage.slack.fail('chat.postMessage', { kind: 'hang' }, MANY);
  };
  expect(await killAt(hold)).toEqual({ ...ALL, doubled: 2 });
}, 200_000);

it('ends within ten seconds when it is told to, though no service answers', async () => {
  await open();
  const ledger = await untilDue();
  stage.discord.fail({ kind: 'hang' }, { on: POSTS, times: MANY });
  stage.slack.fail('chat.postMessage', { kind: 'hang' }, MANY);
  const bot = startBot(stage.env);
  await untilHeld(bot);
  ledger.close();
  const began = performance.now();
  await bot.end('SIGTERM');
  expect([bot.ended(), performance.now() - began < 10_000]).toEqual([0, true]);
}, 200_000);

const ALL = { planned: 4, delivered: 4, lost: 0, doubled: 0, unknown: 0 };

async function open(options: Partial<StageOptions> = {}): Promise<void> {
  stage = await openStage({ folder, channels: 2, ...options });
}

/** The first slot of the day may be tomorrow's, and the other today's: both have come a day later. */
const A_DAY_MS = (23 * 60 + 1) * 60_000;

/** Until each channel has had one slot, at whatever hour this runs. */
async function untilDue(): Promise<Ledger> {
  const ledger = openLedger(stage.database);
  await stage.advance(ledger.nextDue() + A_DAY_MS - stage.now());
  return ledger;
}

/** Lets a process run until both services keep it waiting. */
async function untilHeld(bot: Bot): Promise<void> {
  bot.go(stage.ahead());
  const isHeld = () => stage.discord.met() > 0 && stage.slack.met() > 0;
  await eventually(() => isHeld() || undefined, 60_000, bot.said, 5);
  await delay(50);
}

/** Kills a process where the services hold it, starts another half a minute later, and counts. */
async function killAt(hold: () => void): Promise<Tally> {
  const ledger = await untilDue();
  hold();
  const first = startBot(stage.env);
  await untilHeld(first);
  await first.end('SIGKILL');
  stage.discord.heal();
  stage.slack.heal();
  await stage.advance(30_000);
  const second = startBot(stage.env);
  second.go(stage.ahead());
  await eventually(() => ledger.open() === 0 || undefined, 60_000, second.said);
  await second.end('SIGKILL');
  const tally = takeTally(ledger, stage, () => undefined);
  ledger.close();
  return tally;
}
