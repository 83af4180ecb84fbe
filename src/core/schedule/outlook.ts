import { SETTLE_MS } from '../archive/index.ts';
import type { SourceState, Subscription } from '../commands/command.ts';
import { withNote, type DigestContent } from '../digest/index.ts';
import { describeMoment } from '../moment.ts';
import { joined } from './content.ts';
import { nextSlot } from './slot.ts';

/** What is known of the sources at a moment. */
interface Known {
  readonly states: readonly SourceState[];
  readonly now: Date;
}

/** Adds to a digest of a pause when there will be papers. */
export function withOutlook(
  content: DigestContent,
  subscription: Subscription,
  { states, now }: Known,
): DigestContent {
  if (content.ranked.length > 0) return content;
  return withNote(content, joined(content.note, outlook(subscription, states, now)));
}

/**
 * When a channel may expect papers again, in its own time: at its first slot after the next list of
 * any source. Undefined where no source tells, and for lists that are drawn from while they are open.
 */
function outlook(
  { mode, ...schedule }: Subscription,
  states: readonly SourceState[],
  now: Date,
): string | undefined {
  const [next] = states.flatMap(({ nextExpectedAt }) => nextExpectedAt ?? []).sort();
  if (next === undefined || mode === 'early') return undefined;
  const { due } = nextSlot(schedule, new Date(Date.parse(next) + SETTLE_MS));
  return `The next papers are expected here ${describeMoment(due, schedule.timezone, now)}.`;
}
