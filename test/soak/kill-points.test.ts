import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../e2e/paperboy-process.ts';
import { startBot } from './bot.ts';
import { openLedger } from './ledger.ts';
import { openStage, type Stage } from './stage.ts';
import { takeTally } from './tally.ts';

let folder: string;
let stage: Stage;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-soak-'));
  stage = await openStage({ folder, channels: 2 });
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
    const ledger = openLedger(stage.database);
    await stage.advance(ledger.nextDue() + 2 * 3_600_000 - stage.now());
    hold();
    const first = startBot(stage.env);
    first.go(stage.ahead());
    const isHeld = () => stage.discord.met() > 0 && stage.slack.met() > 0;
    await eventually(() => isHeld() || undefined, 60_000, first.said, 5);
    await delay(50);
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
    expect(tally).toEqual({ planned: 4, delivered: 4, lost: 0, doubled: 0, unknown: 0 });
  },
  200_000,
);
