import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../../bench/figures.ts';
import { spoilRequests } from './mishaps.ts';
import { takeSpare, type Run } from './run.ts';
import { MINUTE_MS } from './time.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a collection may take, and what V8 gives back after it. */
const COLLECTED_MS = 5_000;

/**
 * Resident memory of the one process after a collection, in MB: early, once it was warm, and at the end.
 * Before one it rises by half and falls again, the more so on a loaded machine, with nothing kept: it
 * told of growth of 2 % and of 14 % where heap snapshots of the 23rd and the 31st day were alike.
 */
export interface Growth {
  readonly fromMb: number;
  readonly toMb: number;
}

/**
 * Lets one process run for so many minutes, in each of which a day passes for it and all services:
 * the digests of a day, with some of their requests spoilt.
 */
export async function runLong(run: Run, minutes: number): Promise<Growth> {
  const { stage, random } = run;
  const bot = takeSpare(run);
  const memory: number[] = [];
  bot.go(stage.ahead());
  for (let minute = 0; minute < minutes; minute += 1) {
    await delay(MINUTE_MS - COLLECTED_MS);
    bot.collect();
    await delay(COLLECTED_MS);
    const ended = bot.ended();
    if (ended !== undefined) throw new Error(`Paperboy ended by itself (${ended}): ${bot.said()}`);
    memory.push(residentMb(bot.pid));
    spoilRequests(stage, random);
    // By whole minutes, so that the tick keeps its time.
    await stage.advance(DAY_MS);
    bot.setClock(stage.ahead());
  }
  await bot.end('SIGTERM');
  const fifth = Math.ceil(memory.length / 5);
  return { fromMb: median(memory.slice(fifth, 2 * fifth)), toMb: median(memory.slice(-fifth)) };
}

function residentMb(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}
