import { parseQuery } from '../query.ts';
import type { RankSignal } from './signal.ts';
import { toMatcher, type Match } from './words.ts';
import type { Paper } from '../paper.ts';

/** An author or organization that the reader follows. */
export const follows: RankSignal = {
  id: 'follows',
  defaultWeight: 0.8,
  prepare({ profile }) {
    const matchers = profile.follows.map(nameMatcher);
    return ({ paper }) => {
      for (const matches of matchers) {
        const match = matches(paper);
        if (match !== undefined) return { value: 1, reason: `by ${match.words.join(', ')}` };
      }
      return { value: 0 };
    };
  },
};

/** A bare name may be an organization or an author; `org:` and `author:` say which. */
function nameMatcher(name: string): (paper: Paper) => Match | undefined {
  if (parseQuery(name).some(({ field }) => field !== 'text')) return toMatcher(name);
  const bare = name.replace(/["“”„«»]/g, ' ');
  const organization = toMatcher(`org:"${bare}"`);
  const author = toMatcher(`author:"${bare}"`);
  return (paper) => organization(paper) ?? author(paper);
}
