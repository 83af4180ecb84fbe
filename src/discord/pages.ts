import { Routes } from 'discord.js';
import { absent, DeliveryError, isFinal, type Log, type MessageRef } from '../core/index.ts';
import { apiCode, toDeliveryError } from './errors.ts';
import { openPostOnce } from './forum.ts';
import { refuseWithout, type Job } from './job.ts';
import { isPage, lookBack, type RawMessage } from './look-back.ts';
import { isForThreads, isHistory, missingIn } from './permissions.ts';
import { pageName, type Page } from './render.ts';
import { send } from './send.ts';
import { NONCE_MS } from './settings.ts';
import { readThreadName, toThreadName } from './thread-body.ts';
import { openThread } from './threads.ts';

/** Posts every page of a message, in order; gives the first one's ref. */
export async function postPages(job: Job, threadName: string | undefined): Promise<MessageRef> {
  const { wire, channel, options, place, pages } = job;
  for (const { kept } of pages) await wire.remember(kept);
  const opensPost = place.kind === 'forum' && options.thread === undefined;
  const starter = opensPost ? await openPostOnce(job) : undefined;
  const target = starter ?? (await targetOf(job, threadName));
  const refs: MessageRef[] = [];
  for (const [part, page] of pages.entries()) {
    const posting = () => postPage(job, target, page, part);
    const message = part === 0 && starter ? starter : await within(job, target, part, posting);
    const ref = { ...channel, channel: target, message };
    refs.push(ref);
    // The core knows the first page's papers; those of the others are told as for any reply.
    if (part > 0) await wire.inbox.replied(ref, page.message);
  }
  return refs[0] ?? { ...channel, channel: target, message: starter ?? '' };
}

/** Sees a page's failure as that of the whole message, in its channel. */
async function within(
  { place, options }: Job,
  target: string,
  part: number,
  posting: () => Promise<string>,
): Promise<string> {
  try {
    return await posting();
  } catch (error) {
    const failure = toDeliveryError(error);
    const { kind, message, retryAfterMs } = failure;
    if (target !== place.id && isThreadClosed(error)) {
      // A thread that was never opened holds nothing.
      if (options.findOnly === true && kind === 'channel-gone') throw absent();
      const says = kind === 'channel-gone' ? 'The thread no longer exists.' : message;
      throw new DeliveryError('rejected', says, { cause: error });
    }
    if (part === 0 || isFinal(failure)) throw failure;
    // The pages before stand, so that all must be looked for before any is posted again.
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new DeliveryError('unknown-outcome', message, { cause: error, ...wait });
  }
}

/** Nothing goes there any more, whatever the channel takes: it was deleted or locked. */
const CLOSED: ReadonlySet<number> = new Set([10003, 50083, 160005]);

function isThreadClosed(error: unknown): boolean {
  return CLOSED.has(apiCode(error) ?? 0);
}

/** Where the message goes: the channel, or the thread of the message that it belongs to. */
async function targetOf(job: Job, name?: string): Promise<string> {
  const { wire, options, place } = job;
  const root = options.thread?.message;
  if (root === undefined) return place.id;
  if (place.kind === 'forum') {
    refuseWithout(wire, place, isForThreads);
    return root;
  }
  if (place.kind !== 'text' && place.kind !== 'announcement') return place.id;
  refuseWithout(wire, place, isForThreads);
  if (options.findOnly === true || wire.client.channels.cache.has(root)) return root;
  await openThread(wire.ask, place, root, name ?? (await readName(job, root)));
  return root;
}

/** What a message that we posted before a restart calls its thread. */
async function readName({ wire, place, message }: Job, root: string): Promise<string> {
  if (missingIn(wire.client, place).some(isHistory)) return toThreadName(message);
  const path = Routes.channelMessage(place.id, root);
  return readThreadName(await wire.ask<RawMessage>({ method: 'GET', path }));
}

async function postPage(job: Job, target: string, page: Page, part: number): Promise<string> {
  const { wire, channel, options } = job;
  const { key, attemptedAt, signal, findOnly } = options;
  const { ask, log, us } = wire;
  if (attemptedAt !== undefined && mayLook(job, attemptedAt)) {
    const name = pageName(`${channel.channel}|${key}`, part);
    const isOurs = (each: RawMessage) => isPage(each, page, name, us(), attemptedAt);
    const found = await lookBack(ask, target, attemptedAt, isOurs).catch(unlessReleased(options));
    if (found !== undefined) return logged(log, target, found);
  }
  if (findOnly === true) throw absent();
  return send({ ask, log, channel: target, key, part, ...(signal && { signal }) }, page);
}

/**
 * Whether we can look for what an attempt left. Where we can't, its nonce must do, as long as
 * Discord surely knows it: without the right to read, an empty channel proves nothing.
 */
function mayLook({ wire, place, options }: Job, attemptedAt: Date): boolean {
  const isOld = wire.clock().getTime() - attemptedAt.getTime() > NONCE_MS;
  const mustLook = isOld || options.findOnly === true;
  if (mustLook && options.released !== true) refuseWithout(wire, place, isHistory);
  return !missingIn(wire.client, place).some(isHistory);
}

/** Where more was written than we look through, and a person has looked, theirs counts. */
function unlessReleased({ released }: Job['options']): (error: unknown) => undefined {
  return (error) => {
    const isHeld = error instanceof DeliveryError && error.kind === 'held';
    if (!isHeld || released !== true) throw error;
    return undefined;
  };
}

function logged(log: Log, channel: string, message: string): string {
  log.info({ channel, message }, 'a message whose fate was unknown stands already');
  return message;
}
