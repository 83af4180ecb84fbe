import type { ChannelRef } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import { isForThreadsAlone, missingIn, toAdvice } from './permissions.ts';
import { findPlace } from './places.ts';
import type { Wire } from './wire.ts';

/** What would keep a digest from a channel, a sentence each, with what to do about it. */
export async function problemsIn(
  wire: Pick<Wire, 'client' | 'ask'>,
  ref: ChannelRef,
  inThreads = true,
): Promise<readonly string[]> {
  try {
    const place = await findPlace(wire.client, wire.ask, ref);
    const missing = missingIn(wire.client, place);
    const counting = missing.filter((need) => inThreads || !isForThreadsAlone(need, place.kind));
    return [...counting.map(toAdvice), ...threadProblems(wire, place.id)];
  } catch (error) {
    return [toDeliveryError(error).message];
  }
}

function threadProblems({ client }: Pick<Wire, 'client'>, id: string): string[] {
  const channel = client.channels.cache.get(id);
  if (channel === undefined || channel.isDMBased()) return [];
  if (channel.isThread() && channel.locked === true) {
    return ['This thread is locked: a moderator must unlock it before Paperboy can post here.'];
  }
  return channel.isThreadOnly() && wantsTag(channel)
    ? ['This forum requires a tag on every post, but has none that Paperboy may use: add one.']
    : [];
}

function wantsTag(forum: {
  readonly flags: { has(flag: 'RequireTag'): boolean };
  readonly availableTags: readonly { readonly moderated: boolean }[];
}): boolean {
  return forum.flags.has('RequireTag') && forum.availableTags.every(({ moderated }) => moderated);
}
