import { Routes } from 'discord.js';
import type { ChannelRef, Log, Message, MessageRef, PostOptions } from '../core/index.ts';
import { DeliveryError } from '../core/index.ts';
import { createRecent } from './recent.ts';
import { createLanes } from './lanes.ts';
import { isPage, lookBack, type RawMessage } from './look-back.ts';
import { openPostOnce } from './forum.ts';
import { isForThreads, isHistory, isVital, missingIn, toAdvice } from './permissions.ts';
import { findPlace, type Place } from './places.ts';
import { pageName, render, type Page } from './render.ts';
import { send } from './send.ts';
import { NONCE_MS } from './settings.ts';
import { readThreadName, toThreadName } from './thread-body.ts';
import { openThread } from './threads.ts';
import type { Wire } from './wire.ts';

/** Posts messages: one at a time in each channel. */
export type Post = (
  channel: ChannelRef,
  message: Message,
  options: PostOptions,
) => Promise<MessageRef>;

/** How many posts are remembered, so that asking again costs no request. */
const REMEMBERED = 2_000;

export function createPost(wire: Wire, published: (ref: MessageRef, place: Place) => void): Post {
  const lanes = createLanes();
  const posted = createRecent<MessageRef>(REMEMBERED);
  const titles = createRecent<string>(REMEMBERED);
  return (channel, message, options) =>
    lanes.run(channel.channel, async () => {
      const name = `${channel.channel}|${options.key}`;
      const before = posted.get(name);
      if (before !== undefined) return before;
      if (options.signal?.aborted === true) {
        throw new DeliveryError('unavailable', 'The post was called off.');
      }
      const place = await findPlace(wire.client, wire.ask, channel);
      refuseWithout(wire, place, (need) => isVital(need, place.kind));
      const job = {
        wire,
        channel,
        message,
        options,
        place,
        pages: render(message, { tenant: channel.tenant, name }),
      };
      const ref = await postPages(job, titles.get(options.thread?.message ?? ''));
      posted.set(name, ref);
      titles.set(ref.message, toThreadName(message));
      if (options.thread === undefined) published(ref, place);
      return ref;
    });
}

/** A right that we know to be missing costs no request, and so no refusal that Discord counts. */
function refuseWithout(
  { client }: Wire,
  place: Place,
  isNeeded: (need: ReturnType<typeof missingIn>[number]) => boolean,
): void {
  const missing = missingIn(client, place).find(isNeeded);
  if (missing !== undefined) throw new DeliveryError('no-access', toAdvice(missing));
}

export interface Job {
  readonly wire: Wire;
  readonly channel: ChannelRef;
  readonly message: Message;
  readonly options: PostOptions;
  readonly place: Place;
  readonly pages: readonly Page[];
}

async function postPages(job: Job, threadName: string | undefined): Promise<MessageRef> {
  const { wire, channel, options, place, pages } = job;
  for (const { kept } of pages) await wire.remember(kept);
  const opensPost = place.kind === 'forum' && options.thread === undefined;
  const starter = opensPost ? await openPostOnce(job) : undefined;
  const target = starter ?? (await targetOf(job, threadName));
  const refs: MessageRef[] = [];
  for (const [part, page] of pages.entries()) {
    const message = part === 0 && starter ? starter : await postPage(job, target, page, part);
    const ref = { ...channel, channel: target, message };
    refs.push(ref);
    // The core knows the first page's papers; those of the others are told as for any reply.
    if (part > 0) await wire.inbox.replied(ref, page.message);
  }
  return refs[0] ?? { ...channel, channel: target, message: starter ?? '' };
}

/** Where the message goes: the channel, or the thread of the message that it belongs to. */
async function targetOf(job: Job, name?: string): Promise<string> {
  const { wire, options, place } = job;
  const root = options.thread?.message;
  if (root === undefined) return place.id;
  if (place.kind === 'forum') return root;
  if (place.kind !== 'text' && place.kind !== 'announcement') return place.id;
  refuseWithout(wire, place, isForThreads);
  if (wire.client.channels.cache.has(root)) return root;
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
  const { key, attemptedAt, signal } = options;
  const { ask, log, us } = wire;
  if (attemptedAt !== undefined && mayLook(job, attemptedAt)) {
    const name = pageName(`${channel.channel}|${key}`, part);
    const found = await lookBack(ask, target, (each) =>
      isPage(each, page, name, us(), attemptedAt),
    );
    if (found !== undefined) return logged(log, target, found);
  }
  return send({ ask, log, channel: target, key, part, ...(signal && { signal }) }, page);
}

/**
 * Whether we can look for what an attempt left. Where we can't, its nonce must do, as long as
 * Discord surely knows it: without the right to read, an empty channel proves nothing.
 */
function mayLook({ wire, place }: Job, attemptedAt: Date): boolean {
  const isOld = wire.clock().getTime() - attemptedAt.getTime() > NONCE_MS;
  if (isOld) refuseWithout(wire, place, isHistory);
  return !missingIn(wire.client, place).some(isHistory);
}

function logged(log: Log, channel: string, message: string): string {
  log.info({ channel, message }, 'a message whose fate was unknown stands already');
  return message;
}
