import type { Context } from '@slack/bolt';
import type { Reply } from '../core/index.ts';

/** One arrival while it is dealt with: what its listeners leave from one try to the next. */
export class Attempt {
  /** When the first try may have begun, where this is not the first. */
  triedSince: Date | undefined;
  /** What the core answered, so that what it did is not done again when only the showing failed. */
  reply: Reply | undefined;
  /** Tells whoever waits that nothing comes any more. */
  apologize: (() => Promise<void>) | undefined;

  /** `id` is Slack's name of the arrival. */
  constructor(readonly id: string) {}
}

/** Which arrival Bolt's context belongs to. */
export function attemptOf(context: Context): Attempt {
  const attempt: unknown = context['attempt'];
  if (attempt instanceof Attempt) return attempt;
  throw new Error('A listener was called for nothing that was written down');
}
