import type { Paper } from '../paper.ts';
import { parseQuery, toWords } from '../query.ts';
import { stem } from '../stem.ts';
import { variantsOf } from './variants.ts';

/** Words named in a reason; more would push everything else off the line. */
const NAMED = 3;

/**
 * Says why a paper was found: `matches “video generation”`, naming what of the query its text holds
 * in any spelling, or `close in meaning` where that is nothing; undefined for a query of names alone.
 */
export function createExplain(query: string): (paper: Paper) => string | undefined {
  const terms = parseQuery(query)
    .filter(({ field, excluded }) => field === 'text' && excluded !== true)
    .map(({ text }) => ({ text, ways: [text, ...variantsOf(text)].map(toStems) }));
  return ({ title, abstract, keywords }) => {
    if (terms.length === 0) return undefined;
    const held = new Set(toStems([title, abstract, ...keywords].join(' ')));
    const found = terms.filter(({ ways }) =>
      ways.some((stems) => stems.every((each) => held.has(each))),
    );
    if (found.length === 0) return 'close in meaning';
    const named = found.slice(0, NAMED).map(({ text }) => text);
    return `matches “${named.join(' ')}${found.length > NAMED ? ' …' : ''}”`;
  };
}

function toStems(text: string): string[] {
  return toWords(text).map(stem);
}
