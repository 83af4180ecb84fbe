import { startBot, type Bot } from './bot.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** A soak under way. */
export interface Run {
  readonly stage: Stage;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Where there is one, a disk of the database's own, which may be filled. */
  readonly disk?: string;
  /** Waits at the door while another lives. */
  spare: Bot;
  /** How wrong the program's clock is, in milliseconds. */
  wrongMs: number;
  kills: number;
  /** Beside the requests that the services spoilt. */
  faults: number;
  /** When the program was started, on the stage's clock. */
  readonly starts: number[];
}

/** The process that waits; another one takes its place. */
export function takeSpare(run: Run): Bot {
  const bot = run.spare;
  run.spare = startBot(run.stage.env);
  return bot;
}
