import type { RankSignal } from './signal.ts';
import { toMatcher, type Match, type MatchField } from './words.ts';

/** How sure we are that a paper is about words found there; names are as good as the title. */
const SURENESS: Readonly<Record<MatchField, number>> = {
  title: 0.8,
  authors: 0.8,
  organization: 0.8,
  keywords: 0.65,
  abstract: 0.4,
};

/** Topics named in the reason; more would push everything else off the line. */
const NAMED = 2;

/**
 * The topics that the paper matches. Its weight lets a match in the title pass all but the day's
 * most upvoted papers, and one in the abstract those of the middle.
 */
export const topics: RankSignal = {
  id: 'topics',
  defaultWeight: 1.2,
  prepare({ profile }) {
    const matchers = profile.topics.map(toMatcher);
    return ({ paper }) => {
      const found = matchers.map((matches) => matches(paper)).filter((m) => m !== undefined);
      if (found.length === 0) return { value: 0 };
      const doubt = found.reduce((product, { field }) => product * (1 - SURENESS[field]), 1);
      return { value: 1 - doubt, reason: reasonFor(found) };
    };
  },
};

function reasonFor(found: readonly Match[]): string {
  const surest = found.toSorted((a, b) => SURENESS[b.field] - SURENESS[a.field]);
  const named = surest.slice(0, NAMED).map(toPhrase).join(', ');
  const more = found.length - NAMED;
  return `matches ${named}${more > 0 ? ` +${more}` : ''}`;
}

function toPhrase({ field, words }: Match): string {
  return `${words.join(' ')}${field === 'title' ? ' (title)' : ''}`;
}
