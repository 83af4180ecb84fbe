import { setTimeout as delay } from 'node:timers/promises';
import type { Bot } from './bot.ts';
import type { Stage } from './stage.ts';

/** How one process's life ends. */
export type End =
  /** Killed so many milliseconds after it began, be it ready or not. */
  | { readonly kind: 'early'; readonly afterMs: number }
  /** Killed so many milliseconds after a service took the nth message, or when no more come. */
  | { readonly kind: 'posting'; readonly posts: number; readonly afterMs: number }
  /** Told to stop after the nth message. */
  | { readonly kind: 'stopped'; readonly posts: number };

/** A process that is ready and posts nothing for so long has nothing to post now. */
const QUIET_MS = 1_500;

/** No process takes longer to get ready, on a loaded machine. */
const PATIENCE_MS = 60_000;

/** Lets a process run, and ends it. Rejects when it ended before. */
export async function live(stage: Stage, bot: Bot, end: End, aheadMs: number): Promise<void> {
  const posts = countPosts(stage);
  bot.go(aheadMs);
  if (end.kind === 'early') await delay(end.afterMs);
  else await untilPosted(bot, posts, end.posts);
  if (end.kind === 'posting') await delay(end.afterMs);
  const before = bot.ended();
  if (before !== undefined) throw new Error(`Paperboy ended by itself (${before}): ${bot.said()}`);
  await bot.end(end.kind === 'stopped' ? 'SIGTERM' : 'SIGKILL');
}

/** Resolves once so many messages were taken, or when no more come. */
async function untilPosted(bot: Bot, posts: () => number, wanted: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let seen = 0;
  let last: number | undefined;
  while (performance.now() < deadline && bot.ended() === undefined) {
    const now = performance.now();
    const count = posts();
    if (count >= wanted) return;
    if (count > seen || (last === undefined && bot.said().includes('is running'))) last = now;
    seen = count;
    if (last !== undefined && now - last > QUIET_MS) return;
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
