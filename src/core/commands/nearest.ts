/** How many slips of the finger still count as the same word. */
const SLIPS = 2;

/**
 * The candidates that a misspelt word may mean, likeliest first: those that it starts, then those
 * at most two slips away (a letter wrong, missing, too many, or two swapped). Case doesn't count.
 */
export function nearest(word: string, candidates: readonly string[], limit = 1): string[] {
  const wanted = word.toLowerCase();
  if (wanted === '') return [];
  return candidates
    .map((candidate) => ({ candidate, slips: slipsTo(wanted, candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= SLIPS)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** Below this, one slip makes too many words out of too many others. */
const SHORTEST = 5;

/** Whether the word is one slip away from one of these, and none of them. Case doesn't count. */
export function isSlip(word: string, candidates: readonly string[]): boolean {
  const wanted = word.toLowerCase();
  if (wanted.length < SHORTEST) return false;
  return candidates.some(
    (candidate) =>
      Math.abs(candidate.length - wanted.length) <= 1 &&
      editDistance(wanted, candidate.toLowerCase()) === 1,
  );
}

function slipsTo(word: string, candidate: string): number {
  if (candidate.startsWith(word)) return 0.5;
  // Two slips make any short word out of any other.
  if (Math.abs(word.length - candidate.length) > SLIPS) return Infinity;
  const slips = editDistance(word, candidate);
  return slips < Math.min(word.length, candidate.length) - 1 ? slips : Infinity;
}

/** Damerau-Levenshtein distance in UTF-16 units, swaps of neighbours counting once. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(last, j) + 1,
          at(row, j - 1) + 1,
          at(last, j - 1) + (same ? 0 : 1),
          swapped ? at(before, j - 2) + 1 : Infinity,
        ),
      );
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
