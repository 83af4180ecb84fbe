import { dot } from '../dense.ts';
import type { Candidate, RankSignal } from './signal.ts';
import { toInsistence, toMatcher, toTermMatchers, type Match, type MatchField } from './words.ts';

/** How sure we are that a paper is about words found there; names are as good as the title. */
const SURENESS: Readonly<Record<MatchField, number>> = {
  title: 0.8,
  authors: 0.8,
  organization: 0.8,
  keywords: 0.65,
  abstract: 0.4,
};

/**
 * Where meaning is known it tells more than words do, each of which counts for itself then: of 0.15
 * to 0.3 this did best.
 */
const WORDS_SHARE = 0.2;

/**
 * What words and meaning together rarely exceed. It sets how much a topic counts beside votes, and
 * leaves its own order alone: the mildest at which 20 of 22 digests began with a paper on their topic.
 */
const FULL = 0.6;

/** From this cosine on a paper without the words is said to be about the topic. */
const TELLING = 0.5;

/** Topics named in the reason; more would push everything else off the line. */
const NAMED = 2;

/** What one topic says of a paper. */
interface TopicScore {
  readonly topic: string;
  readonly value: number;
  readonly match?: Match;
  readonly isNear: boolean;
}

/**
 * The topics that the paper matches, in words or in meaning. Its weight lets a match in the title
 * pass all but the day's most upvoted papers, and one in the abstract those of the middle.
 */
export const topics: RankSignal = {
  id: 'topics',
  defaultWeight: 1.2,
  prepare({ profile }) {
    const judges = profile.topics.map((topic, at) => topicJudge(topic, profile.directions?.[at]));
    return (candidate) => {
      const scores = judges.map((judge) => judge(candidate));
      const value = 1 - scores.reduce((doubt, score) => doubt * (1 - score.value), 1);
      const reason = reasonOf(scores);
      return reason === undefined ? { value } : { value, reason };
    };
  },
};

function topicJudge(
  topic: string,
  wanted: Float32Array | undefined,
): (candidate: Candidate) => TopicScore {
  const matches = toMatcher(topic);
  const words = toTermMatchers(topic);
  const isKept = toInsistence(topic);
  return ({ paper, direction }) => {
    if (!isKept(paper)) return { topic, value: 0, isNear: false };
    const match = matches(paper);
    const found = match === undefined ? {} : { match };
    if (wanted === undefined || direction === undefined) {
      const value = match === undefined ? 0 : SURENESS[match.field];
      return { topic, value, isNear: false, ...found };
    }
    const cosine = Math.max(0, dot(wanted, 0, direction, 0, wanted.length));
    const sure = mean(
      words.map((finds) => finds(paper)).map((word) => (word ? SURENESS[word.field] : 0)),
    );
    const value = Math.min(
      1,
      (WORDS_SHARE * sure + (1 - WORDS_SHARE) * Math.min(1, cosine)) / FULL,
    );
    return { topic, value, isNear: cosine >= TELLING, ...found };
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function reasonOf(scores: readonly TopicScore[]): string | undefined {
  const found = scores.flatMap(({ match }) => match ?? []);
  if (found.length > 0) return reasonFor(found);
  const near = scores.filter(({ isNear }) => isNear).sort((a, b) => b.value - a.value)[0];
  return near && `close in meaning to ${near.topic}`;
}

function reasonFor(found: readonly Match[]): string {
  const surest = found.toSorted((a, b) => SURENESS[b.field] - SURENESS[a.field]);
  const named = surest.slice(0, NAMED).map(toPhrase).join(', ');
  const more = found.length - NAMED;
  return `matches ${named}${more > 0 ? ` +${more}` : ''}`;
}

function toPhrase({ field, words }: Match): string {
  return `${words.join(' ')}${field === 'title' ? ' (title)' : ''}`;
}
