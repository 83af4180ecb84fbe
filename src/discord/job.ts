import type { ChannelRef, Message, PostOptions } from '../core/index.ts';
import { DeliveryError } from '../core/index.ts';
import { missingIn, toAdvice } from './permissions.ts';
import type { Place } from './places.ts';
import type { Page } from './render.ts';
import type { Wire } from './wire.ts';

/** One message on its way. */
export interface Job {
  readonly wire: Wire;
  readonly channel: ChannelRef;
  readonly message: Message;
  readonly options: PostOptions;
  readonly place: Place;
  readonly pages: readonly Page[];
}

/** A right that we know to be missing costs no request, and so no refusal that Discord counts. */
export function refuseWithout(
  { client }: Wire,
  place: Place,
  isNeeded: (need: ReturnType<typeof missingIn>[number]) => boolean,
): void {
  const missing = missingIn(client, place).find(isNeeded);
  if (missing !== undefined) throw new DeliveryError('no-access', toAdvice(missing));
}
