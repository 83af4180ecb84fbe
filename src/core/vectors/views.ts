import type { Random } from './random.ts';
import { TITLE_TIMES, weigh, type Bag } from './vocabulary.ts';

/** A paper's words as numbers, in order. */
export interface NumberedPaper {
  readonly title: Uint32Array;
  readonly abstract: Uint32Array;
}

/** Two views of one paper: what is asked, and what should be found. */
export interface Views {
  readonly asked: Bag;
  readonly found: Bag;
}

/** How often the title is asked for; else it is half of the abstract's words. Of 0.3 to 1 this did best. */
const ASK_TITLE = 0.7;

/** How many of the words that both views hold are struck from the one found, so that sense must do. */
const STRIKE = 0.7;

/** Two random views of one paper: its title and its abstract, or two halves of its words. */
export function viewsOf(
  { title, abstract }: NumberedPaper,
  rarity: Float32Array,
  random: Random,
): Views {
  if (random() < ASK_TITLE) return toViews([[title, 1]], [[abstract, 1]], rarity, random);
  const half = abstract.map(() => (random() < 0.5 ? 1 : 0));
  const asked = abstract.filter((_, at) => half[at] === 1);
  const rest = abstract.filter((_, at) => half[at] !== 1);
  return toViews(
    [[asked, 1]],
    [
      [title, TITLE_TIMES],
      [rest, 1],
    ],
    rarity,
    random,
  );
}

type Lists = readonly (readonly [words: Uint32Array, times: number])[];

function toViews(asked: Lists, found: Lists, rarity: Float32Array, random: Random): Views {
  const shared = new Set(asked.flatMap(([words]) => [...words]));
  for (const word of shared) if (random() >= STRIKE) shared.delete(word);
  const left = found.map(
    ([words, times]) => [words.filter((word) => !shared.has(word)), times] as const,
  );
  return { asked: weigh(asked, rarity), found: weigh(left, rarity) };
}
