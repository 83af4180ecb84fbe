import type { Paper } from '../../../src/core/paper.ts';
import { createRandom } from '../../../src/core/vectors/random.ts';
import { aPaper } from '../store-fixtures.ts';

const MADE_UP = Array.from({ length: 26 }, (_, theme) =>
  Array.from('abcdefghijkl', (letter) => `${letter}oo${theme}`),
);

/** Words of thirty themes that share none; each paper uses some of its theme's. */
const THEMES = [
  'lantern glow candle wick flame oil lamp shade torch beacon ember spark',
  'robot gripper joint servo arm torque motor wheel gear sensor walker limb',
  'protein fold helix enzyme ligand residue amino peptide binding docking cell gene',
  'weather cloud storm rain wind front pressure humidity snow forecast fog hail',
]
  .map((words) => words.split(' '))
  .concat(MADE_UP);

/** Papers of thirty themes in turn, all different, the same in every run. */
export function themedPapers(count: number, first = 1): Paper[] {
  const random = createRandom(first);
  return Array.from({ length: count }, (_, index) => {
    const words = THEMES[index % THEMES.length]!;
    const some = (many: number) =>
      Array.from({ length: many }, () => words[Math.floor(random() * words.length)]).join(' ');
    return aPaper({
      id: `2608.${String(first + index).padStart(5, '0')}`,
      title: some(3),
      abstract: some(20),
      listDate: '2026-08-20',
    });
  });
}

/** The number of a paper's theme. */
export function themeOf({ id }: Paper, first = 1): number {
  return (Number(id.slice(-5)) - first) % THEMES.length;
}
