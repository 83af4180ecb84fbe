/** How many papers a reply shows unless asked otherwise: what a phone shows in two screens. */
export const DEFAULT_COUNT = 5;

/** The `count` argument of every command that lists papers. */
export const countArg = {
  name: 'count',
  summary: 'how many papers, 1 to 20',
  kind: 'integer',
  required: false,
  min: 1,
  max: 20,
} as const;

const NUMBERS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen twenty';

/** A number, be it in words, and what may follow it. */
const COUNT =
  /^(?:([+-]?\d+)|([a-z]+)(?=$| papers?))(?: papers?(?: (?:(?:a|per|each) day|on|about))?)?$/i;

/** The number in `5`, `5 papers`, `ten papers a day`; NaN for other text. */
export function parseCount(text: string): number {
  const [, digits, word = ''] = COUNT.exec(text) ?? [];
  if (digits !== undefined) return Number(digits);
  return NUMBERS.split(' ').indexOf(word.toLowerCase()) + 1 || NaN;
}

/** Whether these words are a number of papers: `5`, `5 papers`, but `one` is none. */
export function isCount(words: string): boolean {
  return /^\d|papers?\b/i.test(words) && !Number.isNaN(parseCount(words));
}
