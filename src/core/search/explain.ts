import type { Paper } from '../paper.ts';
import { parseQuery, toWords } from '../query.ts';
import { stem } from '../stem.ts';

/** Words named in a reason; more would push everything else off the line. */
const NAMED = 3;

/**
 * Says why a paper was found: `matches “video generation”`, naming what of the query its text
 * holds, or `close in meaning` where that is nothing.
 */
export function createExplain(query: string): (paper: Paper) => string {
  const terms = parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .map(({ text }) => ({ text, stems: toWords(text).map(stem) }));
  return ({ title, abstract, keywords }) => {
    const held = new Set(toWords([title, abstract, ...keywords].join(' ')).map(stem));
    const found = terms.filter(({ stems }) => stems.every((each) => held.has(each)));
    if (found.length === 0) return 'close in meaning';
    const named = found.slice(0, NAMED).map(({ text }) => text);
    return `matches “${named.join(' ')}${found.length > NAMED ? ' …' : ''}”`;
  };
}
