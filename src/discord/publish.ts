import { Routes } from 'discord.js';
import type { MessageRef } from '../core/index.ts';
import { toLogFields } from './errors.ts';
import type { Lanes } from './lanes.ts';
import type { Place } from './places.ts';
import { createRecent } from './recent.ts';
import type { Wire } from './wire.ts';

/** Bots report that Discord publishes so many messages of one channel in an hour. */
const MOST_AN_HOUR = 10;
const HOUR_MS = 3_600_000;
const CHANNELS = 10_000;

/**
 * Publishes a message of an announcement channel to the servers that follow it. Never rejects: the
 * message stands in its own channel whatever comes of it.
 */
export function createPublish({ ask, clock, log }: Wire, lanes: Lanes) {
  const times = createRecent<readonly number[]>(CHANNELS);
  return async ({ channel, message }: MessageRef, place: Place): Promise<void> => {
    if (place.kind !== 'announcement') return;
    const now = clock().getTime();
    const recent = (times.get(channel) ?? []).filter((at) => at > now - HOUR_MS);
    if (recent.length >= MOST_AN_HOUR) {
      log.warn({ channel }, 'not published: Discord takes ten an hour');
      return;
    }
    times.set(channel, [...recent, now]);
    try {
      const path = Routes.channelMessageCrosspost(channel, message);
      await lanes.run(channel, () => ask({ method: 'POST', path }));
    } catch (error) {
      log.warn({ channel, ...toLogFields(error) }, 'not published to following servers');
    }
  };
}
