import type { ChannelRef, Message, MessageRef, PostOptions } from '../core/index.ts';
import { DeliveryError } from '../core/index.ts';
import { refuseWithout } from './job.ts';
import type { Lanes } from './lanes.ts';
import { postPages } from './pages.ts';
import { isVital } from './permissions.ts';
import { findPlace, type Place } from './places.ts';
import { createRecent } from './recent.ts';
import { render } from './render.ts';
import { toThreadName } from './thread-body.ts';
import type { Wire } from './wire.ts';

/** Posts messages: one at a time in each channel. */
export type Post = (
  channel: ChannelRef,
  message: Message,
  options: PostOptions,
) => Promise<MessageRef>;

/** How many posts are remembered, so that asking again costs no request. */
const REMEMBERED = 2_000;

export function createPost(
  wire: Wire,
  lanes: Lanes,
  published: (ref: MessageRef, place: Place) => void,
): Post {
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
