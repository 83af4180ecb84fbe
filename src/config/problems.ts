import type { z } from 'zod';
import { nearest } from '../core/commands/nearest.ts';

/** One thing that is wrong: where, and what is wrong there as a line for people. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Each issue in words: the type of what stands there, never the value, and what is allowed. */
export function toProblems(input: unknown, error: z.ZodError | undefined): Problem[] {
  return (error?.issues ?? []).flatMap((issue) => describe(input, issue));
}

function describe(input: unknown, issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(', ');
    return issue.keys.map((key) => unknownKey([...issue.path, key], known));
  }
  if (issue.code === 'invalid_key') {
    return [unknownKey(issue.path, (issue.issues[0]?.message ?? '').split(', '))];
  }
  return [{ path: issue.path, text: misfit(valueAt(input, issue.path), issue) }];
}

function unknownKey(path: Problem['path'], known: readonly string[]): Problem {
  const [meant] = nearest(String(path.at(-1)), known);
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  return { path, text: `${showPath(path)} is not known${hint}; allowed: ${known.join(', ')}` };
}

function misfit(value: unknown, issue: z.core.$ZodIssue): string {
  const expected = issue.code === 'invalid_type' ? issue.expected : undefined;
  const wrongType = expected !== undefined && expected !== 'int';
  const allowed = `${expected === 'object' ? 'a group of ' : ''}${issue.message}`;
  const fit = wrongType || value === undefined ? '' : ' that doesn’t fit';
  return `${showPath(issue.path)} is ${typeOf(value)}${fit}; allowed: ${allowed}`;
}

function typeOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value.trim() === '' ? 'empty text' : 'text';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'a group';
}

function valueAt(input: unknown, path: Problem['path']): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === String(key))?.[1];
  }, input);
}

/** A path as people write it: `sources.arxiv.categories[2]`. */
function showPath(path: Problem['path']): string {
  const shown = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return shown.join('').replace(/^\./, '') || 'the file';
}
