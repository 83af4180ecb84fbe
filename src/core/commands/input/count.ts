/** How many papers a reply shows unless asked otherwise: what a phone shows in two screens. */
export const DEFAULT_COUNT = 5;

/** The `count` argument of every command that lists papers. */
export const countArg = {
  name: 'count',
  summary: 'how many papers, 1 to 20',
  kind: 'integer',
  required: false,
  min: 1,
  max: 20,
} as const;

/** Whether these words are a number of papers: `5`, `5 papers`. */
export function isCount(words: string): boolean {
  return /^\d+(?:\s+papers?)?$/i.test(words);
}
