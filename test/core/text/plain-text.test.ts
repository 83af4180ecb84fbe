import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../src/core/text/index.ts';
import { hostileText, INVISIBLE } from './hostile-text.ts';

const raw = String.raw;

describe('LaTeX in titles and abstracts', () => {
  it.each([
    [raw`$\alpha$-Divergence and $\pi_0$: A Flow Model`, 'α-Divergence and π₀: A Flow Model'],
    [
      raw`\textit{LLaMA}: Open and \textbf{Efficient} \texttt{models}`,
      'LLaMA: Open and Efficient models',
    ],
    [
      raw`Attention in $O(n^2)$ to $\mathcal{O}(n\log n)$ time`,
      'Attention in O(n²) to O(n log n) time',
    ],
    [raw`We reach $90.9\%$ with $\sim$3$\times$ speedup`, 'We reach 90.9% with ~3× speedup'],
    [raw`$L_2$ norm, $x_{i,j}$, $\frac{a+b}{c}$ and $\sqrt{2}$`, 'L₂ norm, xᵢ,ⱼ, (a+b)/c and √2'],
    [raw`$\geq$5, $\leq 3$, A$\rightarrow$B, \& 5\%`, '≥5, ≤ 3, A→B, & 5%'],
    [raw`$\mathcal{N}(0, \sigma^2)$, $\hat{y}$ and $\tilde{O}(\sqrt{T})$`, 'N(0, σ²), ŷ and Õ(√T)'],
    [raw`$\mathbb{R}^d$ and \(x \in \mathbb{Z}\)`, 'ℝᵈ and x ∈ ℤ'],
    [raw`\emph{nested \textbf{deep $x^{2}$}} and {\em switch}`, 'nested deep x² and switch'],
    [raw`\ourmethod{} beats \unknown{kept}`, 'ourmethod beats kept'],
    [raw`$\textbf{G}^2$uardFL`, 'G²uardFL'],
    [raw`''like'' these -- and --- those`, '“like” these – and — those'],
    [raw`as known~\cite{foo,bar}.`, 'as known.'],
    [
      raw`at \url{https://github.com/a_b/c} and \href{https://x.org}{our page}`,
      'at https://github.com/a_b/c and our page (https://x.org)',
    ],
  ])('%s reads %s', (given, text) => {
    expect(toPlainText(given)).toBe(text);
  });
});

describe('accents', () => {
  it.each([
    [
      raw`Schr\"odinger, Gr\"{o}bner, P\'olya and Fran\c{c}ois`,
      'Schrödinger, Gröbner, Pólya and François',
    ],
    [
      raw`Erd\H{o}s, \L{}ojasiewicz, \O{}rsted and Stra\ss e`,
      'Erdős, Łojasiewicz, Ørsted and Straße',
    ],
    [raw`Jos\'{e} Mu\~noz, \v{S}koda, na\"{\i}ve`, 'José Muñoz, Škoda, naïve'],
    ['Jose\u0301', 'José'],
  ])('%s reads %s', (given, text) => {
    expect(toPlainText(given)).toBe(text);
  });
});

describe('what Hugging Face leaves of LaTeX', () => {
  it.each([
    ['360^circ video, 2.3times faster', '360° video, 2.3× faster'],
    ['tau^2-bench with leq5% error', 'τ²-bench with ≤5% error'],
  ])('%s reads %s', (given, text) => {
    expect(toPlainText(given)).toBe(text);
  });
});

describe('what only looks like LaTeX', () => {
  it.each([
    'It costs $5 and $10 per million tokens',
    'snake_case, __init__ and tool_call',
    raw`C:\papers\new is a path`,
    'a {"json": 1} object',
    'AT&T at 5% of #1',
    'https://example.org/a_b^c~d',
    '@everyone <!channel> *bold* `code`',
  ])('%s stays as it is', (text) => {
    expect(toPlainText(text)).toBe(text);
  });
});

describe('white space and invisible characters', () => {
  it('are tidied, or go', () => {
    expect(toPlainText('A\u00a0title\nover  two\tlines \u200b\u202ewith\u0000 junk ')).toBe(
      'A title over two lines with junk',
    );
    expect(toPlainText('\u200b\u2066\ufeff')).toBe('');
  });
});

describe('any text', () => {
  const check = (property: (given: string, text: string) => void) => {
    fc.assert(
      fc.property(hostileText, (given) => {
        property(given, toPlainText(given));
      }),
      { numRuns: 2000 },
    );
  };

  it('grows by a third at most', () => {
    check((given, text) => {
      expect(text.length).toBeLessThanOrEqual((given.normalize('NFC').length * 4) / 3);
    });
  });

  it('holds no control, bidi, zero-width or other invisible character, and is NFC', () => {
    check((_, text) => {
      expect(text).not.toMatch(INVISIBLE);
      expect(text).toBe(text.normalize('NFC'));
    });
  });

  it('is single-spaced and trimmed', () => {
    check((_, text) => {
      expect(text).toBe(text.replace(/\s+/g, ' ').trim());
    });
  });

  it('converted twice is the same as once', () => {
    check((_, text) => {
      expect(toPlainText(text)).toBe(text);
    });
  });

  it('of letters, digits and spaces stays as it is', () => {
    const words = fc.array(fc.stringMatching(/^[A-Z][a-z]{0,3}[0-9]{0,3}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (parts) => {
        expect(toPlainText(parts.join(' '))).toBe(parts.join(' '));
      }),
    );
  });

  it.each(['{', '\\', '$', '^{', '\\frac{', '\\textit{', '$\\sqrt{', "\\'{", '`', '_a'])(
    'of %s a hundred thousand times is read',
    (piece) => {
      expect(toPlainText(piece.repeat(100_000))).not.toMatch(INVISIBLE);
    },
  );
});
