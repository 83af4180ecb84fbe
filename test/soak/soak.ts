import { startBot, type Bot } from './bot.ts';
import { openLedger } from './ledger.ts';
import { live, type End } from './life.ts';
import { runLong, type Growth } from './long.ts';
import { spoilRequests } from './mishaps.ts';
import { createRandom, type Random } from './random.ts';
import { takeSpare, type Run } from './run.ts';
import { openStage, type StageOptions } from './stage.ts';
import { takeTally, type Tally } from './tally.ts';
import { keepBelowCrashLoop, MINUTE_MS, passTime } from './time.ts';
import { befall, setRight } from './trouble.ts';

export interface SoakOptions extends StageOptions {
  readonly kills: number;
  /** Minutes that one process runs before the kills begin, a day in each; none unless told. */
  readonly minutes?: number;
  /** The most that one life posts: so many, unless told, that lives end more digests than kills do. */
  readonly posts?: number;
  readonly seed: number;
  /** Where the folder is a disk of its own, which may be filled. */
  readonly ownDisk: boolean;
  /** Ends the kills before they are all done; what was planned is still counted. */
  readonly enough?: AbortSignal;
  /** Told what there is to say while it runs. */
  readonly say?: (line: string) => void;
}

export interface SoakResult extends Tally {
  /** Processes that were ended by SIGKILL. */
  readonly kills: number;
  /** Requests spoilt, clocks set wrong, disks filled, second processes started. */
  readonly faults: number;
}

/** Kills the program again and again while it posts digests, and counts what came of them. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { folder, ownDisk, seed, minutes = 0, posts = MOST_POSTS } = options;
  const { say = () => undefined } = options;
  const stage = await openStage(options);
  const run: Run = {
    stage,
    ledger: openLedger(stage.database),
    random: createRandom(seed),
    ...(ownDisk && { disk: folder }),
    spare: startBot(stage.env),
    wrongMs: 0,
    kills: 0,
    faults: 0,
    starts: [],
  };
  try {
    if (minutes > 0) say(growthOf(await runLong(run, minutes)));
    while (run.kills < options.kills && options.enough?.aborted !== true) {
      await passTime(run);
      if ((await killOne(run, posts)) && run.kills % 50 === 0) say(`${run.kills} kills`);
    }
    await recover(run);
    const faults = run.faults + stage.discord.met() + stage.slack.met();
    return { kills: run.kills, faults, ...takeTally(run.ledger, stage, say) };
  } finally {
    await run.spare.end('SIGKILL');
    run.ledger.close();
    await stage.close();
  }
}

/** More means that something is never let go, in a share of what there was. */
const MOST_GROWTH = 0.1;

function growthOf({ fromMb, toMb }: Growth): string {
  const growth = toMb / fromMb - 1;
  const line = `memory: from ${fromMb.toFixed(1)} to ${toMb.toFixed(1)} MB, ${(100 * growth).toFixed(1)} %`;
  if (growth >= MOST_GROWTH) throw new Error(`Too much ${line}`);
  return line;
}

/** Lets a process live; false when it ended in another way than by a kill. */
async function killOne(run: Run, posts: number): Promise<boolean> {
  const { stage, random } = run;
  const end = chooseEnd(random, posts);
  spoilRequests(stage, random);
  setRight(run);
  const bot = takeSpare(run);
  const life = live(stage, bot, end, stage.ahead() + run.wrongMs);
  const [ended] = await Promise.all([life, befall(run, bot)]);
  if (ended) check(bot, end);
  const isKill = ended && end.kind !== 'stopped';
  if (isKill) run.kills += 1;
  return isKill;
}

const MOST_POSTS = 90;

function chooseEnd(random: Random, most: number): End {
  const [posts, afterMs] = [random.whole(1, most), random.next()];
  const kind = random.next();
  if (kind < 0.15) return { kind: 'early', afterMs: afterMs * 800 };
  if (kind < 0.18) return { kind: 'stopped', posts };
  return { kind: 'posting', posts, afterMs: afterMs * 8 };
}

/** One that was told to stop before it was up may end as any program does. */
function check(bot: Bot, { kind }: End): void {
  if (kind === 'stopped' && bot.ended() !== 0 && bot.said().includes('is running')) {
    throw new Error(`Paperboy did not stop as told (${bot.ended() ?? 'it runs'}): ${bot.said()}`);
  }
}

/**
 * Pauses after which all that was planned must be posted: the longest wait of ours is an hour. In the
 * last short ones no new slot comes, so that a slow machine has the time for those that came.
 */
const RECOVERY_MS = [2, 11, 11, 65, 65, 65, 125, 125, 125, 2, 2, 2].map(
  (minutes) => minutes * MINUTE_MS,
);

/** Starts the program with nothing in its way until it has nothing left to do. */
async function recover(run: Run): Promise<void> {
  const { stage, ledger } = run;
  const hasRest = () => ledger.open() > 0 || ledger.overdue(stage.now()) > 0;
  stage.discord.heal();
  stage.slack.heal();
  for (const pause of RECOVERY_MS) {
    await stage.advance(pause);
    await keepBelowCrashLoop(stage, run.starts);
    const bot = takeSpare(run);
    const end: End = { kind: 'stopped', posts: Infinity, hasRest };
    if (await live(stage, bot, end, stage.ahead())) check(bot, end);
    if (!hasRest()) return;
  }
}
