/** A possible end: the marks, what closes after them, and then a space, the end or a new word. */
const END =
  /[。！？｡]+[」』”’）】》]*|[.!?…]+["'”’»)\]]*(?=\s|$)|(?<=\p{Ll}{2}|\))\.(?=\p{Lu}\p{Ll})/gu;

/** Never the end of a sentence: something always follows. */
const LEADS_ON = new Set(
  `e.g i.e eg ie cf vs v viz approx ca resp fig figs eq eqs eqn eqns sec secs sect tab tabs ref refs
   no nos nr vol ch chap thm lem prop def cor alg app appx suppl dr prof mr mrs ms st mt a.k.a aka
   w.r.t wrt s.t incl esp pp ed eds dept univ gen col sgt rev hon`.split(/\s+/),
);

/** The end of a sentence only where the next word starts one. */
const MAY_END = new Set('al etc inc ltd co corp jr sr ph.d m.d u.s u.k e.u a.m p.m n.b'.split(' '));

const STARTER =
  /^["'“‘([]*(?:We|Our|Ours|In|The|This|These|That|Those|There|However|To|It|Its|Here|Moreover|Furthermore|Additionally|Also|Yet|But|And|While|Although|Though|As|At|By|For|From|On|With|Without|When|Where|Unlike|Through|Using|Based|Given|Despite|Recent|Recently|Existing|Current|Most|Many|Such|Specifically|Thus|Therefore|Hence|Finally|First|Second|Motivated|Extensive|Experiments|Results|If|Under|Across|Both|Each|They|Instead|Nevertheless|Notably|Code|Project|What|How|Why|Can|Is|Are|An|A)(?![\p{L}\d'’-])/u;

/** What may start the next sentence: not a lower-case letter, and not more punctuation. */
const NEXT = /^["'“‘«([*]*[\p{Lu}\p{Lt}\p{Lo}\p{N}\p{S}]/u;
/** How far back the word before a full stop, and ahead the next word, can matter. */
const WORD = 40;

/**
 * The first sentence of a clean text, or all of it where no sentence ends. Knows the full stops
 * that end none: "e.g.", "et al.", "Fig. 2", "J. Smith", "90.9%", "v2.0", and those in links. The
 * answer is a beginning of the single-spaced input, is empty only for empty input, and is its own
 * first sentence.
 */
export function firstSentence(abstract: string): string {
  const text = abstract.replace(/\s+/g, ' ').trim();
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (endsSentence(text, match.index, end)) return text.slice(0, end);
  }
  return text;
}

function endsSentence(text: string, at: number, end: number): boolean {
  const mark = text[at] ?? '';
  const rest = text.slice(end, end + WORD);
  if (/[。！？｡]/.test(mark) || rest.trim() === '') return true;
  const next = rest.trimStart();
  if (!rest.startsWith(' ')) return STARTER.test(next) && !isInLink(text, at);
  if (!NEXT.test(next)) return false;
  return mark !== '.' || text[at + 1] === '.' || !isAbbreviation(text, at, next);
}

function isAbbreviation(text: string, at: number, next: string): boolean {
  const before = text.slice(Math.max(0, at - WORD), at);
  const word = /[^\s(["'“‘[—–/]*$/u.exec(before)?.[0] ?? '';
  if (LEADS_ON.has(word.toLowerCase())) return !/^(?:no|app|ed|col|gen|tab|ref|ch)$/.test(word);
  if (MAY_END.has(word.toLowerCase())) return !STARTER.test(next);
  if (/^(?:\p{Lu}\.?)+$|^\p{Lu}\.-?\p{Lu}$/u.test(word)) return !STARTER.test(next);
  return isItemNumber(text, at - word.length, word);
}

/** The `1.` that opens an item of a list, at the start or after a colon. */
function isItemNumber(text: string, start: number, word: string): boolean {
  return /^\d{1,2}$/.test(word) && /(?:^|[:;,]) ?$/.test(text.slice(Math.max(0, start - 2), start));
}

function isInLink(text: string, at: number): boolean {
  const token = text.slice(text.lastIndexOf(' ', at) + 1, at);
  return /:\/\/|^www\./.test(token);
}
