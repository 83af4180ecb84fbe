import type { Paper } from '../paper.ts';

/** A paper with what the archive knows about its votes. */
export interface Candidate {
  readonly paper: Paper;
  /** Hours from 00:00 UTC of the paper's list date to its newest vote reading. */
  readonly ageHours: number;
  /** Where its vector points, as long as 1; undefined before vectors were learnt. */
  readonly direction?: Float32Array;
}

/** A paper that somebody kept or liked, for the why line. */
export interface Kept {
  readonly id: string;
  readonly title: string;
  readonly direction: Float32Array;
  /** What was done with it, and where or by whom: `liked here`, `saved by you`. */
  readonly how: string;
}

/** What a reader or channel has shown to like. */
export interface Taste {
  readonly kept: readonly Kept[];
  /** How much a paper in this direction is liked, from 0 to 1. */
  liking(direction: Float32Array): number;
}

/** For whom the papers are ranked. Words and names are as the reader typed them. */
export interface Profile {
  readonly topics: readonly string[];
  readonly muted: readonly string[];
  readonly follows: readonly string[];
  /** Where each topic points, in their order; absent before vectors were learnt. */
  readonly directions?: readonly (Float32Array | undefined)[];
  /** Absent where nothing was saved or liked. */
  readonly taste?: Taste;
}

/** What every signal may look at: the profile, and all candidates for percentiles within a list. */
export interface RankContext {
  readonly profile: Profile;
  readonly candidates: readonly Candidate[];
}

export interface SignalScore {
  /** 0 (no reason to show it) to 1 (every reason). */
  readonly value: number;
  /** A few words that readers see in the why line: `matches agents`, `code ★8`. */
  readonly reason?: string;
}

/** One reason to rank a paper higher. `prepare` does work shared by all papers once; both are pure. */
export interface RankSignal {
  readonly id: string;
  readonly defaultWeight: number;
  prepare(context: RankContext): (candidate: Candidate) => SignalScore;
}

export interface Ranked {
  readonly paper: Paper;
  readonly score: number;
  /** The reasons of the strongest signals, joined; undefined when none has anything to say. */
  readonly why?: string;
}
