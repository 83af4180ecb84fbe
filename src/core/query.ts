/** What one part of a query asks for: words of the text, an author, or an organization. */
export interface QueryTerm {
  readonly field: 'text' | 'author' | 'org';
  /** As typed, without its quotes; holds at least one letter or digit. */
  readonly text: string;
  /** Written in quotes: these words, side by side. */
  readonly exact?: true;
  /** Written after a minus: papers with it are not wanted. */
  readonly excluded?: true;
}

/** Names, words in quotes and unwanted words must hold: likeness in meaning doesn't make up for that. */
export function insists({ field, exact, excluded }: QueryTerm): boolean {
  return field !== 'text' || exact === true || excluded === true;
}

/** Longer queries are cut here: nobody types more, and every query must stay cheap. */
const MAX_LENGTH = 1000;

/** More terms than this are left out: SQLite's expression depth and a reader's patience are finite. */
const MAX_TERMS = 32;

const TERM = /(?:(?<=^|\s)(-)(?=["\p{L}\p{N}]))?(?:(author|org):\s*)?(?:"([^"]*)"|([^\s"]+))/giu;
const WORD = /[\p{L}\p{N}]+/gu;
const ASCII_WORD = /[a-z0-9]+/g;
const ASCII = /^[\t\n\r -~]*$/;

/** Scripts that put no spaces between words, so that the index holds whole clauses as words. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words too common to tell papers apart, among them what people type around a topic. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about an and any are as at based be been but by can do does for from has have how in into ' +
    'is it its may more most not of on only or other our over paper papers s such than that the ' +
    'their them then there these they this those through to under use used using via was we were ' +
    'what when where which while who will with within without you your'
  ).split(' '),
);

/** The words of a text: letters and digits, lower case, accents and compatibility forms folded. */
export function toWords(text: string): string[] {
  if (ASCII.test(text)) return text.toLowerCase().match(ASCII_WORD) ?? [];
  const folded = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  return folded.toLowerCase().match(WORD) ?? [];
}

/**
 * Whether a name holds all words of another in order, with gaps: `Yann LeCun` is also
 * `Yann A. LeCun`, and `google` is also `Google Research`.
 */
export function isNamed(name: string, wanted: string): boolean {
  return holdsInOrder(toWords(name), toWords(wanted));
}

/** Whether `words` hold all of `wanted` in order, with gaps. */
export function holdsInOrder(words: readonly string[], wanted: readonly string[]): boolean {
  let next = 0;
  for (const word of words) if (word === wanted[next]) next += 1;
  return next === wanted.length;
}

/**
 * The terms of a query such as `agents "tool use" author:"Yann LeCun" org:google`: words in quotes
 * belong together, as do words that a hyphen joins; `-word` is not wanted. Any text is safe. Unquoted stop words are left
 * out, so the result may be empty.
 */
export function parseQuery(query: string): QueryTerm[] {
  const plain = withPlainQuotes(query.slice(0, MAX_LENGTH));
  return [...plain.matchAll(TERM)]
    .map(([, minus, field, quoted, bare]) => ({
      field: toField(field),
      text: (quoted ?? bare ?? '').trim(),
      ...(quoted !== undefined && { exact: true as const }),
      ...(minus !== undefined && { excluded: true as const }),
    }))
    .filter(({ field, text, exact }) => isTelling(text, exact === true || field !== 'text'))
    .slice(0, MAX_TERMS);
}

/**
 * A query for those who know nothing of our way to write them: its words without quotes and the names
 * of fields, and without what is not wanted.
 */
export function toPlainQuery(query: string): string {
  return withPlainQuotes(query)
    .replace(TERM, (_, minus?: string, __?: string, quoted?: string, bare?: string) =>
      minus === undefined ? ` ${quoted ?? bare ?? ''} ` : ' ',
    )
    .replace(/[\s"]+/g, ' ')
    .trim();
}

function withPlainQuotes(query: string): string {
  return query.replace(/[“”„«»]/g, '"');
}

function toField(prefix: string | undefined): QueryTerm['field'] {
  const field = prefix?.toLowerCase();
  return field === 'author' || field === 'org' ? field : 'text';
}

function isTelling(text: string, exact: boolean): boolean {
  const words = toWords(text);
  return exact ? words.length > 0 : words.some((word) => !STOP_WORDS.has(word));
}
