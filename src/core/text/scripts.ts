function pairs(from: string, to: string): ReadonlyMap<string, string> {
  const target = Array.from(to);
  return new Map(Array.from(from, (char, i) => [char, target[i] ?? '']));
}

const RAISED = pairs(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθφχ°∘′*⋆†‡⊤ᵀ',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵠᵡ°°′**†‡ᵀᵀ',
);

/** A point and a comma have no lowered form, and need none: `π₀.₅`, `aᵢ,ⱼ`. */
const LOWERED = pairs(
  '0123456789+-−=()aehijklmnoprstuvxβγρφχ.,',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ.,',
);

/** Raised text: `n²` where Unicode has every character raised, else `n^q` or `n^(0.75)`. */
export function raise(text: string): string {
  return mapped(text, RAISED) ?? fallback('^', text);
}

/** Lowered text: `x₁` where Unicode has every character lowered, else `x_max` or `x_(a/b)`. */
export function lower(text: string): string {
  return mapped(text, LOWERED) ?? fallback('_', text);
}

function mapped(text: string, forms: ReadonlyMap<string, string>): string | undefined {
  let result = '';
  for (const char of text) {
    if (char === ' ') continue;
    const form = forms.get(char);
    if (form === undefined) return undefined;
    result += form;
  }
  return result;
}

function fallback(mark: '^' | '_', text: string): string {
  const bare = mark === '_' ? /^[\p{L}\p{N}.]+$/u : /^.$/u;
  return bare.test(text) ? mark + text : `${mark}(${text})`;
}
