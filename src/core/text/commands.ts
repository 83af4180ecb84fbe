import { ACCENTS } from './symbols.ts';
import { lower, raise } from './scripts.ts';

/**
 * How one LaTeX command with arguments reads. `args` says how each argument is taken: `text` is
 * converted, `group` too but only where braces follow, `raw` is not converted. `optional` is what becomes of a leading `[…]`: thrown away unless kept
 * as the first argument. `before` is the character that the result will follow.
 */
export interface CommandForm {
  readonly args: readonly ('text' | 'group' | 'raw')[];
  readonly optional?: 'kept';
  readonly render: (args: readonly string[], before: string) => string;
}

/** Marks where something was dropped, so that the space before a full stop goes with it. */
export const DROPPED = '\uFFFF';

const BOARD = new Map(Object.entries({ C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' }));
const BOARD_A = 0x1d538;
const BOARD_a = 0x1d552;
const BOARD_0 = 0x1d7d8;
const ROOTS = new Map([
  ['', '√'],
  ['2', '√'],
  ['3', '∛'],
  ['4', '∜'],
]);

function blackboard(text: string): string {
  return text.replace(/[A-Za-z0-9]/g, (char) => {
    const code = char.charCodeAt(0);
    if (code < 0x41) return String.fromCodePoint(BOARD_0 + code - 0x30);
    if (code > 0x5a) return String.fromCodePoint(BOARD_a + code - 0x61);
    return BOARD.get(char) ?? String.fromCodePoint(BOARD_A + code - 0x41);
  });
}

/** `(a+b)` where the text holds more than one term, so that `/` and `√` bind as they were set. */
function term(text: string): string {
  return /^[\p{L}\p{N}\p{M}.]*$/u.test(text) || /^\([^()]*\)$/.test(text) ? text : `(${text})`;
}

function accented(mark: string, text: string): string {
  const letter = text.replace('ı', 'i').replace('ȷ', 'j');
  return /^\p{L}$/u.test(letter) ? (letter + mark).normalize('NFC') : text;
}

function linked(target: string, label: string): string {
  const address = target.replace(/\{.*$/, '');
  const shown = label.trim();
  if (shown === '' || shown === address || /^this \w+ url$|^https?:/i.test(shown)) return address;
  return `${shown} (${address})`;
}

function apart(text: string, before: string): string {
  return /[\p{L}\p{N}.,;:)]/u.test(before) ? ` ${text}` : text;
}

function forms(names: string, form: CommandForm): [string, CommandForm][] {
  return names.split(/\s+/).map((name) => [name, form]);
}

const ACCENT_FORMS = [...ACCENTS].map(([name, mark]): [string, CommandForm] => [
  name,
  { args: ['text'], render: ([text = '']) => accented(mark, text) },
]);

/** Every command with arguments that means more than its argument. */
export const COMMANDS: ReadonlyMap<string, CommandForm> = new Map([
  ...ACCENT_FORMS,
  ...forms(
    `cite citep citet citealp citealt citeauthor citeyear parencite textcite autocite nocite ref
     eqref cref Cref autoref pageref label vspace hspace includegraphics begin end color thanks
     phantom vphantom hphantom tag bibliographystyle bibliography index`,
    { args: ['raw'], render: () => DROPPED },
  ),
  ...forms('frac dfrac tfrac cfrac nicefrac sfrac', {
    args: ['text', 'text'],
    render: ([top = '', bottom = '']) => `${term(top)}/${term(bottom)}`,
  }),
  ...forms('binom', { args: ['text', 'text'], render: ([n = '', k = '']) => `C(${n},${k})` }),
  ...forms('sqrt', {
    args: ['text'],
    optional: 'kept',
    render: ([index = '', text = '']) => (ROOTS.get(index) ?? `${raise(index)}√`) + term(text),
  }),
  ...forms('mathbb mathds Bbb mathbbm', {
    args: ['text'],
    render: ([text = '']) => blackboard(text),
  }),
  ...forms('not', {
    args: ['text'],
    render: ([text = '']) => (/^[^\p{L}\p{N}\s]$/u.test(text) ? `${text}\u0338` : text),
  }),
  ...forms('textsuperscript', { args: ['text'], render: ([text = '']) => raise(text) }),
  ...forms('textsubscript', { args: ['text'], render: ([text = '']) => lower(text) }),
  ...forms('url path nolinkurl', {
    args: ['raw'],
    render: ([address = ''], before) => apart(address, before),
  }),
  ...forms('href', {
    args: ['raw', 'group'],
    render: ([address = '', label = ''], before) => apart(linked(address, label), before),
  }),
  ...forms('footnote', {
    args: ['text'],
    render: ([text = '']) => (text === '' ? '' : ` (${text}) `),
  }),
  ...forms('textcolor colorbox raisebox scalebox hyperlink', {
    args: ['raw', 'group'],
    render: ([, text = '']) => text,
  }),
  ...forms('stackrel overset underset', {
    args: ['text', 'text'],
    render: ([, text = '']) => text,
  }),
  ...forms('texorpdfstring', { args: ['text', 'text'], render: ([text = '']) => text }),
]);

/** Commands about looks alone: the name goes, the argument (or what follows) stays. */
export const LOOKS: ReadonlySet<string> = new Set(
  `textit textbf texttt textsc textrm textsf textsl textup textmd textnormal text emph underline
   uline mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathnormal boldsymbol bm pmb
   mbox hbox fbox ensuremath operatorname em it bf tt sc rm sf sl bfseries itshape ttfamily scshape
   rmfamily sffamily normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge
   displaystyle textstyle limits nolimits centering noindent xspace protect left right middle big
   Big bigg Bigg bigl bigr Bigl Bigr allowbreak nonumber boldmath`.split(/\s+/),
);

/** Commands that leave a space and nothing else. */
export const SPACES: ReadonlySet<string> = new Set(
  'quad qquad newline linebreak par hfill hline thinspace enspace space nobreakspace'.split(' '),
);
