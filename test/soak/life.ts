import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from './bot.ts';
import type { Stage } from './stage.ts';

/** How one process's life ends. */
export type End =
  /** Killed so many milliseconds after it began, be it ready or not. */
  | { readonly kind: 'early'; readonly afterMs: number }
  /** Killed so many milliseconds after a service took the nth message, or when no more come. */
  | { readonly kind: 'posting'; readonly posts: number; readonly afterMs: number }
  /** Told to stop after the nth message, or when no more come, be there a rest or not. */
  | { readonly kind: 'stopped'; readonly posts: number; readonly hasRest?: () => boolean };

/** A process that is ready and posts nothing for so long has nothing to post now. */
const QUIET_MS = 1_500;

/** With digests left to make, of which a loaded machine makes some each second. */
const BUSY_MS = 10_000;

/** Where a clock was wrong by minutes, starts that we keep apart are a crash loop to the program. */
const READY = /is running|it waits to connect/;

/** No process takes longer to get ready, on a loaded machine and where Discord makes it wait. */
const PATIENCE_MS = 120_000;

/** Why a process may end by itself, for its supervisor to start it again later. */
const GIVEN_UP = /asks to wait \d+ s|the disk is full/;

/**
 * Lets a process run, and ends it. False when it had ended by itself because it could not start;
 * rejects when it ended for no good reason.
 */
export async function live(stage: Stage, bot: Bot, end: End, aheadMs: number): Promise<boolean> {
  const posts = countPosts(stage);
  bot.go(aheadMs);
  if (end.kind === 'early') await delay(end.afterMs);
  else await untilPosted(bot, posts, end.posts, end.kind === 'stopped' ? end.hasRest : undefined);
  if (end.kind === 'posting') await delay(end.afterMs);
  const before = bot.ended();
  if (before === 1 && GIVEN_UP.test(bot.said())) return false;
  if (before !== undefined) throw new Error(`Paperboy ended by itself (${before}): ${bot.said()}`);
  await bot.end(end.kind === 'stopped' ? 'SIGTERM' : 'SIGKILL');
  return true;
}

/** Resolves once so many messages were taken, or when no more come. */
async function untilPosted(
  bot: Bot,
  posts: () => number,
  wanted: number,
  hasRest = () => false,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let seen = 0;
  let last: number | undefined;
  while (performance.now() < deadline && bot.ended() === undefined) {
    const now = performance.now();
    const count = posts();
    if (count >= wanted) return;
    if (count > seen || (last === undefined && READY.test(bot.said()))) last = now;
    seen = count;
    const quietMs = last === undefined ? 0 : now - last;
    if (quietMs > BUSY_MS || (quietMs > QUIET_MS && !hasRest())) return;
    await delay(1);
  }
  if (last === undefined && bot.ended() === undefined) {
    throw new Error(`Paperboy was not ready within ${PATIENCE_MS} ms: ${bot.said()}`);
  }
}

/** Messages that either service was asked to post from now on. */
function countPosts({ discord, slack }: Stage): () => number {
  let [seen, calls] = [discord.requests.length, slack.api.calls.length];
  let count = 0;
  return () => {
    for (; seen < discord.requests.length; seen += 1) {
      const { method, path } = discord.requests[seen]!;
      if (method === 'POST' && path.endsWith('/messages')) count += 1;
    }
    for (; calls < slack.api.calls.length; calls += 1) {
      if (slack.api.calls[calls]!.method === 'chat.postMessage') count += 1;
    }
    return count;
  };
}
