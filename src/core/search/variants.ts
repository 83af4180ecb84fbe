import { partsOf } from '../compounds.ts';
import { parseQuery, toWords } from '../query.ts';

/** What the field writes short, and the words it stands for. */
const ACRONYMS: Readonly<Record<string, string>> = {
  '3dgs': '3d gaussian splatting',
  asr: 'automatic speech recognition',
  cot: 'chain of thought',
  dit: 'diffusion transformer',
  dpo: 'direct preference optimization',
  grpo: 'group relative policy optimization',
  icl: 'in context learning',
  kv: 'key value',
  lora: 'low rank adaptation',
  mcts: 'monte carlo tree search',
  moe: 'mixture of experts',
  nerf: 'neural radiance field',
  ocr: 'optical character recognition',
  peft: 'parameter efficient fine tuning',
  ppo: 'proximal policy optimization',
  rag: 'retrieval augmented generation',
  rlhf: 'reinforcement learning from human feedback',
  rlvr: 'reinforcement learning with verifiable rewards',
  sft: 'supervised fine tuning',
  ssm: 'state space model',
  tts: 'text to speech',
  vla: 'vision language action',
  vqa: 'visual question answering',
};

const SHORT = new Map(Object.entries(ACRONYMS).map(([short, long]) => [long, short]));

/** Beginnings that some write with a hyphen and some without. */
const PREFIXES: ReadonlySet<string> = new Set(
  'multi pre post semi self inter intra hyper meta auto cross zero text audio'.split(' '),
);

/** Whether the archive's vocabulary has a word. */
export type IsKnown = (word: string) => boolean;

/**
 * Other ways to write a query's word or hyphenated words, as phrases of plain words: what an acronym
 * stands for (`RAG`), and the spelling with or without the hyphen (`multi-modal`, `multimodal`). A
 * word is split between two that the archive knows, or after a common beginning.
 */
export function variantsOf(text: string, isKnown?: IsKnown): string[] {
  const words = toWords(text);
  const [only = ''] = words;
  if (words.length > 1) return words.length === 2 ? [words.join('')] : [];
  const long = Object.hasOwn(ACRONYMS, only) ? ACRONYMS[only] : undefined;
  return [...(long === undefined ? [] : [long]), ...splitsOf(only, isKnown)];
}

function splitsOf(word: string, isKnown?: IsKnown): string[] {
  return partsOf(word)
    .filter(([head]) => PREFIXES.has(head) || isKnown?.(head) === true)
    .filter(([, tail]) => isKnown?.(tail) ?? true)
    .map((parts) => parts.join(' '));
}

/** Two words of a query as one, where the archive knows such a word: `multimodal`. */
export function joinedOf(one: string, other: string, isKnown?: IsKnown): string | undefined {
  const [words, others] = [toWords(one), toWords(other)];
  const joined = [...words, ...others].join('');
  return words.length === 1 && others.length === 1 && isKnown?.(joined) === true
    ? joined
    : undefined;
}

/** The acronyms of what a query writes out: `moe` for `mixture of experts`. */
export function acronymsOf(text: string): string[] {
  const plain = ` ${toWords(text).join(' ')} `;
  return [...SHORT].flatMap(([long, short]) => (plain.includes(` ${long} `) ? [short] : []));
}

/** All other ways to write what a query looks for, for people to read. */
export function waysOf(query: string, isKnown: IsKnown): string[] {
  const texts = parseQuery(query)
    .filter(({ field, exact, excluded }) => field === 'text' && exact !== true && excluded !== true)
    .map(({ text }) => text);
  return [
    ...texts.flatMap((text) => variantsOf(text, isKnown)),
    ...pairsOf(texts, isKnown),
    ...acronymsOf(texts.join(' ')),
  ];
}

/** The joined forms of a query's neighbours. */
export function pairsOf(texts: readonly string[], isKnown?: IsKnown): string[] {
  return texts.flatMap((text, at) => joinedOf(text, texts[at + 1] ?? '', isKnown) ?? []);
}
