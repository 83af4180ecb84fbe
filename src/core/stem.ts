/** Distinct words remembered with their stems; a year of papers has about 60,000. */
const MEMORY = 50_000;

const known = new Map<string, string>();

/**
 * A word without its English ending, so that `agents` meets `agent`, and `scaling`, `scaled` and
 * `scale` meet each other. Stems are for comparing only, never for showing. Stemming a stem gives
 * the same stem; other languages' words come back nearly as they are.
 */
export function stem(word: string): string {
  const remembered = known.get(word);
  if (remembered !== undefined) return remembered;
  let stemmed = word;
  for (let shorter = strip(stemmed); shorter !== stemmed; shorter = strip(stemmed)) {
    stemmed = shorter;
  }
  if (known.size >= MEMORY) known.clear();
  known.set(word, stemmed);
  return stemmed;
}

/** One ending off. Repeated until nothing changes, so that `embeddings` ends where `embed` does. */
function strip(word: string): string {
  if (word.length < 3 || !/[a-z]$/.test(word)) return word;
  return withoutPlural(word) ?? withoutTense(word) ?? withoutTail(word) ?? word;
}

function withoutPlural(word: string): string | undefined {
  if (!word.endsWith('s') || word.endsWith('ss') || word.endsWith('is')) return undefined;
  // `llms`, but not `gas`.
  if (word.length === 3) return /[aeiouy]/.test(word) ? undefined : word.slice(0, -1);
  // `gpus`, but not `corpus`.
  if (word.endsWith('us') && word.length > 4) return undefined;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}i`;
  return /(?:s|x|z|ch|sh)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function withoutTense(word: string): string | undefined {
  const [, root] = /^(.{2,}?)(?:ing|ed)$/.exec(word) ?? [];
  const ends = root !== undefined && /[aeiouy]/.test(root) && !word.endsWith('eed');
  return ends ? root : undefined;
}

function withoutTail(word: string): string | undefined {
  if (word.endsWith('sis')) return `${word.slice(0, -3)}s`;
  if (word.length < 4) return undefined;
  if (word.endsWith('e')) return word.slice(0, -1);
  if (/([bdfglmnprt])\1$/.test(word)) return word.slice(0, -1);
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}i` : undefined;
}
