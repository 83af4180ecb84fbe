import type { ArgValues } from '../../command-call.ts';
import { UserError } from '../../errors.ts';
import type { CommandArg } from '../command.ts';
import { nearest } from '../nearest.ts';
import { mostFitting, isNameOf, withoutComma, type Part } from './part.ts';
import { place } from './place.ts';
import { quote, tokenize, type Token } from './tokens.ts';
import { said } from './words.ts';

/** What the parser needs to know of a command. */
export interface Grammar {
  readonly name: string;
  readonly args: readonly CommandArg[];
}

/** One token understood: the start of a named argument, a word, or both (`--count=3`). */
interface Item {
  readonly arg?: CommandArg;
  readonly part?: Part;
}

/** The longest line read, in UTF-16 units: far more than anyone types, far less than a paste. */
const LINE_MAX = 4000;

/** The words of a line, without a leading `/papers`. Throws `UserError` when it is far too long. */
export function readLine(line: string): Token[] {
  if (line.length > LINE_MAX) {
    throw new UserError(`That is too long for me: please write at most ${LINE_MAX} characters.`);
  }
  const tokens = tokenize(line);
  return /^\/?papers$/i.test(tokens[0]?.value ?? '') ? tokens.slice(1) : tokens;
}

/** The words after the name of an argument, or those before any. */
interface Run {
  readonly arg?: CommandArg;
  readonly parts: Part[];
}

/**
 * The arguments in the words after the subcommand, as text, still unchecked: `--count 3`,
 * `--count=3`, `count=3` and `count:3` anywhere; the other words as `place` has it. After `--`
 * nothing is a flag. A flag takes as many words as fit it, or one; a `rest` argument every word up to
 * the next flag. Throws `UserError`.
 */
export function parseArgs(tokens: readonly Token[], grammar: Grammar): ArgValues {
  const named = new Map<string, readonly Part[]>();
  const loose: Part[] = [];
  for (const { arg, parts } of readRuns(tokens, grammar)) {
    if (arg !== undefined && named.has(arg.name)) {
      throw new UserError(`${arg.name} is given twice. Give it once.`);
    }
    const own = arg === undefined ? [] : valueOf(arg, parts);
    if (arg !== undefined) named.set(arg.name, own);
    loose.push(...parts.slice(own.length));
  }
  place(loose, named, grammar.args, takes(grammar));
  return Object.fromEntries([...named].map(([name, parts]) => [name, joined(name, parts)]));
}

/** The words that belong to a flag. */
function valueOf(arg: CommandArg, parts: readonly Part[]): readonly Part[] {
  if (arg.rest === true) return parts;
  return mostFitting(parts, [arg])?.parts ?? withoutComma(parts.slice(0, 1));
}

function readRuns(tokens: readonly Token[], grammar: Grammar): Run[] {
  const runs: Run[] = [{ parts: [] }];
  for (const { arg, part } of readItems(tokens, grammar)) {
    if (arg !== undefined) runs.push({ arg, parts: [] });
    if (part !== undefined) runs.at(-1)?.parts.push(part);
  }
  return runs;
}

/** Several words keep their quotes, since `author:"Jane Doe" agents` means something with them. */
function joined(name: string, parts: readonly Part[]): string {
  const [first] = parts;
  if (first === undefined) {
    throw new UserError(`${name} needs a value: write --${name} and then what you want.`);
  }
  if (parts.length === 1 && (first.quoted || !first.raw.includes('"'))) return first.value;
  return parts.map(({ raw }) => raw).join(' ');
}

function readItems(tokens: readonly Token[], grammar: Grammar): Item[] {
  const end = tokens.findIndex(({ raw }) => raw === '--');
  const flagged = end === -1 ? tokens : tokens.slice(0, end);
  const plain = end === -1 ? [] : tokens.slice(end + 1);
  return [
    ...flagged.map((token) => readFlag(token, grammar) ?? { part: partOf(token, 0) }),
    ...plain.map((token) => ({ part: partOf(token, 0) })),
  ];
}

/** Writing programs turn `--` into a dash, so a dash before a known name is a flag as well. */
function readFlag(token: Token, grammar: Grammar): Item | undefined {
  const match = /^(--|[—–])?([a-z][\w-]*)(?:([=:])|$)/i.exec(token.raw);
  const [head = '', dashes, name = '', separator] = match ?? [];
  if (match === null || (dashes === undefined && separator === undefined)) return undefined;
  const arg = grammar.args.find((each) => isNameOf(each, name));
  if (arg === undefined && dashes === '--') throw unknownFlag(name, grammar);
  if (arg === undefined) return undefined;
  const given = token.value.length > head.length || token.quotedFrom === head.length;
  return given ? { arg, part: partOf(token, head.length) } : { arg };
}

function partOf(token: Token, from: number): Part {
  return {
    value: token.value.slice(from),
    raw: token.raw.slice(from),
    quoted: token.quotedFrom === from,
  };
}

function unknownFlag(name: string, grammar: Grammar): UserError {
  const names = grammar.args.map((arg) => arg.name);
  const [guess] = nearest(name, names);
  const hint = guess === undefined ? '' : ` Did you mean --${guess}?`;
  return new UserError(`${grammar.name} has no ${said(`--${name}`)}.${hint} ${takes(grammar)}`);
}

/** Says which arguments a command takes, in one sentence. */
export function takes({ name, args }: Grammar): string {
  const flags = args.map((arg) => `--${arg.name}`);
  return flags.length === 0 ? `${name} takes nothing else.` : `${name} takes ${flags.join(', ')}.`;
}

/** The line that `readLine` and `parseArgs` read back as this call; absent values are left out. */
export function formatCall(grammar: Grammar, values: ArgValues): string {
  const words = grammar.args.flatMap((arg) => {
    const value = values[arg.name];
    if (value === undefined) return [];
    const quoted = quote(typeof value === 'object' ? value.join(', ') : String(value));
    return [arg.required ? quoted : `--${arg.name}=${quoted}`];
  });
  return ['/papers', grammar.name, ...words].join(' ');
}
