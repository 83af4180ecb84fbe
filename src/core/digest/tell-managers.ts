import type { Clock } from '../clock.ts';
import { DeliveryError } from '../errors.ts';
import type { Log } from '../log.ts';
import { paragraph, strong, type Message } from '../message.ts';
import { describeMoment } from '../moment.ts';
import type { ChatPlatform } from '../platform.ts';
import { HELD_ADVICE } from '../status.ts';
import type { Store } from '../store/open.ts';
import { markTold, troubles, type Trouble } from '../store/troubles.ts';

/** As many people are written to in one go: services take many direct messages at once for spam. */
const MOST = 50;

/** After a failure that passes, unless the service says how long. */
const RETRY_MS = 10 * 60_000;

export interface TellOptions {
  readonly store: Store;
  readonly platforms: readonly ChatPlatform[];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Writes to whoever last set up a channel that gets nothing, or lacks a digest, until a person does
 * something: once for each trouble, with what to do, and again where that changes. Who can't be
 * written to is left alone. Stops early when the signal aborts; rejects only when the database does.
 */
export async function tellManagers(options: TellOptions, signal: AbortSignal): Promise<void> {
  const { store, platforms, clock } = options;
  for (const platform of platforms) {
    const untold = { platform: platform.id, now: clock().toISOString() };
    for (const trouble of await troubles(store, MOST, untold)) {
      if (signal.aborted) return;
      // What fails for one now, fails for all there.
      if (!(await tellOne(options, platform, trouble))) break;
    }
  }
}

/** False where the service takes nothing at present. */
async function tellOne(
  { store, clock, log }: TellOptions,
  platform: ChatPlatform,
  trouble: Trouble,
): Promise<boolean> {
  const { channel, reader, since, nextTry = '' } = trouble;
  const now = clock();
  const { platform: id, tenant, channel: name } = channel;
  const key = ['trouble', id, tenant, name, since, nextTry].join('|');
  // First noted, then told: twice would be worse than not at all, as the status says it too.
  await markTold(store, trouble, { told: now.toISOString() });
  try {
    await platform.tell(reader, channel, toMessage(trouble, now), key);
    return true;
  } catch (error) {
    log.warn({ channel, err: error }, 'a channel’s manager was not told of its trouble');
    const wait = passingWait(error);
    if (wait === undefined) return true;
    const again = new Date(now.getTime() + wait).toISOString();
    await markTold(store, trouble, { again });
    return false;
  }
}

/** How long to wait, in milliseconds, where it surely was not told and may be later. */
function passingWait(error: unknown): number | undefined {
  if (!(error instanceof DeliveryError)) return undefined;
  if (!['rate-limited', 'unavailable'].includes(error.kind)) return undefined;
  return error.retryAfterMs ?? RETRY_MS;
}

function toMessage(trouble: Trouble, now: Date): Message {
  if (trouble.kind === 'held') return held(trouble);
  return trouble.kind === 'refused' ? refused(trouble, now) : left(trouble);
}

const HELD = 'A digest that you set up waits for you.';

function held({ reason = '' }: Trouble): Message {
  return {
    summary: `${HELD} ${reason}`,
    blocks: [paragraph(strong(HELD)), paragraph(reason), paragraph(HELD_ADVICE)],
  };
}

const REFUSED = 'I can’t post the digest that you set up.';

const NO_THREAD = 'I can’t post all of the digest that you set up: its thread takes nothing.';

function refused(trouble: Trouble, now: Date): Message {
  const { reason = '', nextTry, timezone, threadsOnly } = trouble;
  const title = threadsOnly === true ? NO_THREAD : REFUSED;
  const next = nextTry === undefined ? 'soon' : describeMoment(new Date(nextTry), timezone, now);
  return {
    summary: `${title} ${reason}`,
    blocks: [
      paragraph(strong(title)),
      paragraph(reason),
      paragraph(`Then it goes on by itself: I try again ${next}, and what waits comes then.`),
    ],
  };
}

const LEFT = 'I no longer post the digest that you set up.';
const UNKNOWN_REASON = 'The channel was deleted or archived, or I was taken out of it.';

function left({ reason = UNKNOWN_REASON }: Trouble): Message {
  return {
    summary: `${LEFT} ${reason}`,
    blocks: [
      paragraph(strong(LEFT)),
      paragraph(reason),
      paragraph(
        'If that is meant so, there is nothing to do: I forget its settings after 30 days. ' +
          'If not, bring me back into the channel and write /papers subscribe there.',
      ),
    ],
  };
}
