import type { Clock } from '../clock.ts';
import { messageOf, SourceError, type SourceErrorKind } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Paper } from '../paper.ts';
import type { PaperFinder } from '../sources/source.ts';
import type { Deadline } from './deadline.ts';

/** What one source said in time: papers, or why there are none, as the end of a sentence. */
export interface SourceAnswer {
  readonly from: string;
  readonly papers: readonly Paper[];
  readonly problem?: string;
}

export interface AskOptions {
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is asked of a source; rejects like the source's own methods. */
export type Question = (signal: AbortSignal) => Promise<readonly Paper[]>;

const PROBLEMS: Readonly<Record<SourceErrorKind, string>> = {
  unreachable: 'could not be reached',
  'rate-limited': 'asked us to wait',
  'not-found': 'has no search at its address',
  refused: 'refused the search',
  late: 'is late',
  unreadable: 'answered what we could not read',
};

/** Asks one place until the deadline, and then aborts what is under way. Never rejects. */
export async function ask(
  source: PaperFinder,
  question: Question,
  { deadline, clock, log }: AskOptions,
): Promise<SourceAnswer> {
  const from = source.name;
  const since = clock().getTime();
  try {
    // A race, since a source may be deaf to the signal.
    const papers = await Promise.race([question(deadline.signal), deadline.passed]);
    if (papers !== undefined) return { from, papers };
    log.warn({ source: source.id, timeoutMs: deadline.ms }, 'a source was too slow for a search');
    return {
      from,
      papers: [],
      problem: `did not answer within ${deadline.ms / 1000} s`,
    };
  } catch (error) {
    const ms = clock().getTime() - since;
    log.warn({ source: source.id, ms, reason: messageOf(error) }, 'a source failed in a search');
    return { from, papers: [], problem: toProblem(error) };
  }
}

function toProblem(error: unknown): string {
  return error instanceof SourceError ? PROBLEMS[error.kind] : 'failed';
}
