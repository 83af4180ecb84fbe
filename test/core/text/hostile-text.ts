import fc from 'fast-check';

/** What no reader sees and no cleaned text may hold. */
export const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

/** Pieces that LaTeX, and what is left of it, is made of. */
const PIECES = [
  ...['\\', '{', '}', '$', '$$', '^', '_', '~', '`', '``', "''", '--', '---', '->', '&', '%', '#'],
  ...['\\alpha', '\\eg', '\\frac{a}{b}', '\\sqrt[3]{x}', '\\textit{', '\\mathbb{R}', '\\cite{x}'],
  ...[
    '\\"o',
    "\\'{e}",
    '\\c{c}',
    '\\not=',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '\\\\',
    '\\url{',
    '\\href{a}',
  ],
  ...['times', 'sim', 'leq5', '^circ', 'tau^2', 'frac{', 'approx3', 'https://x.org/a_b', 'C:\\x'],
  ...['a', 'B', 'é', 'e\u0301', '7', ' ', '  ', '.', ',', ':', '(', ')', '"', '漢', '👩‍🔬', '\u0338'],
  ...['\u0000', '\t', '\n', '\u00ad', '\u200b', '\u202e', '\u2066', '\ufeff', '\ud800', '\uffff'],
];

/** Text made of LaTeX, of ordinary words, and of what attackers send. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('\\', '{', '}', '$', '^', '_', 'a', ' '), maxLength: 120 }),
);
