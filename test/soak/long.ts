import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from './bot.ts';
import { spoilRequests } from './mishaps.ts';
import { takeSpare, type Run } from './run.ts';
import { MINUTE_MS } from './time.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Memory rises by a third while digests are posted and falls when V8 has collected: one look a minute
 * saw growth of 2 % and of 14 % where a heap snapshot showed none.
 */
const SAMPLE_MS = 1_000;

/** Mean resident memory of the one process, in MB: early, once it was warm, and at the end. */
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
    memory.push(...(await watchMinute(bot)));
    spoilRequests(stage, random);
    // By whole minutes, so that the tick keeps its time.
    await stage.advance(DAY_MS);
    bot.setClock(stage.ahead());
  }
  await bot.end('SIGTERM');
  const fifth = Math.ceil(memory.length / 5);
  return { fromMb: mean(memory.slice(fifth, 2 * fifth)), toMb: mean(memory.slice(-fifth)) };
}

/** The memory of each second of a minute; rejects where the process ends by itself. */
async function watchMinute(bot: Bot): Promise<number[]> {
  const began = performance.now();
  const memory: number[] = [];
  while (memory.length < MINUTE_MS / SAMPLE_MS) {
    await delay(began + (memory.length + 1) * SAMPLE_MS - performance.now());
    const ended = bot.ended();
    if (ended !== undefined) throw new Error(`Paperboy ended by itself (${ended}): ${bot.said()}`);
    memory.push(residentMb(bot.pid));
  }
  return memory;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function residentMb(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}
