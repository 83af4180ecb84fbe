/** Words that say nothing by themselves and would only narrow a search. */
const STOP = new Set('a an and by for from in into of on or the to via with'.split(' '));

/** More terms than that find nothing, and make the address long. */
const MAX_TERMS = 12;

/**
 * A reader's words as a search of arXiv (https://info.arxiv.org/help/api/user-manual.html): all of
 * them must occur, in any field. Quoted words stay together, `author:"…"` looks among the authors.
 * Safe for any input: only letters and digits are taken over, each behind a field, in lower case,
 * so that no operator, bracket or quote of the reader's gets through. Undefined without words.
 */
export function searchQuery(text: string): string | undefined {
  const terms = [...text.normalize('NFC').matchAll(TERM)].flatMap(
    ([, field = '', phrase, word]) => {
      const words = wordsOf(phrase ?? word ?? '');
      return words.length === 0 ? [] : [{ field: FIELDS[field.toLowerCase()] ?? 'all', words }];
    },
  );
  const telling = terms.filter(({ words }) => words.some((word) => !STOP.has(word)));
  const asked = (telling.length > 0 ? telling : terms).slice(0, MAX_TERMS);
  return asked.length === 0 ? undefined : asked.map(toTerm).join(' AND ');
}

const FIELDS: Readonly<Record<string, string>> = { author: 'au', org: 'all' };

/** `author:"Jane Doe"`, `"video generation"` or one word, up to the next space or quote. */
const TERM = /(?:(author|org):)?(?:"([^"]*)"|([^\s"]+))/gi;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** `GPT-4` is two words to arXiv, which belong together. */
function toTerm({ field, words }: { field: string; words: readonly string[] }): string {
  return words.length === 1 ? `${field}:${words.join('')}` : `${field}:"${words.join(' ')}"`;
}

/** Any of the categories; one without a dot (`cs`) stands for its whole archive. */
export function categoryQuery(categories: readonly string[]): string {
  const terms = categories.flatMap((name) =>
    name.includes('.') ? [`cat:${name}`] : [`cat:${name}`, `cat:${name}.*`],
  );
  return `(${terms.join(' OR ')})`;
}
