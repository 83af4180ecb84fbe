import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Inbox, Log } from '../core/index.ts';
import { PLATFORM } from './settings.ts';

const KEY = 'connections';

/** So many connections in so much time are what a person does by hand; more is a crash loop. */
const MOST = 5;
const WINDOW_MS = 600_000;

/**
 * Notes that we are about to connect. In a crash loop it waits until fewer than 5 connections lie
 * in the last ten minutes: each costs one of the 1,000 a day after which Discord resets the token.
 * Rejects once the signal is aborted.
 */
export async function slowDownRestarts(
  { memory }: Pick<Inbox, 'memory'>,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const now = clock().getTime();
  // A clock that ran ahead has left times that are yet to come.
  const recent = parse(await memory.get(PLATFORM, KEY)).filter(
    (at) => Math.abs(at - now) < WINDOW_MS,
  );
  const [oldest] = recent.slice(-MOST);
  const wait = recent.length < MOST || oldest === undefined ? 0 : oldest + WINDOW_MS - now;
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1_000);
    log.error({ seconds }, 'Paperboy was started 5 times in ten minutes; it waits to connect');
    await delay(wait, undefined, { signal });
  }
  await memory.set(PLATFORM, KEY, JSON.stringify([...recent.slice(1 - MOST), now + wait]));
}

function parse(text: string | undefined): number[] {
  try {
    const times = JSON.parse(text ?? '[]') as unknown;
    return Array.isArray(times) ? times.filter((at) => typeof at === 'number') : [];
  } catch {
    return []; // A broken note costs no more than one wait too few.
  }
}
