import type { ArgValue, ArgValues } from '../../command-call.ts';
import { UserError } from '../../errors.ts';
import type { ArgDefinition } from '../../platform.ts';
import type { CommandArg } from '../command.ts';
import { parseCount } from './count.ts';
import { takes, type Grammar } from './parse.ts';
import { TOPIC_LIST_MAX } from './topic-list.ts';
import { clean, said } from './words.ts';

/** Arguments as `Command.run` gets them: every defined name, undefined where not given. */
type CheckedArgs = Readonly<Record<string, string | number | undefined>>;

/** The longest text of one argument that is no list, in UTF-16 units: far more than anyone types. */
const TEXT_MAX = 1000;

/**
 * Checks arguments wherever they come from: known names, required ones present, integers in range,
 * choices known (in any case, returned as defined), text trimmed, single-spaced and free of control
 * characters. Empty text counts as not given. Throws `UserError`.
 */
export function checkArgs(
  command: Grammar & { readonly example: string },
  values: ArgValues,
): CheckedArgs {
  const known = new Set(command.args.map(({ name }) => name));
  const stranger = Object.keys(values).find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new UserError(`${command.name} has no ${said(stranger)}. ${takes(command)}`);
  }
  return Object.fromEntries(command.args.map((arg) => [arg.name, checkArg(command, arg, values)]));
}

/** One argument as `checkArgs` gives it. Throws `UserError`. */
export function checkArg(
  command: Grammar & { readonly example: string },
  arg: CommandArg,
  values: ArgValues,
): string | number | undefined {
  const value = toValue(arg, Object.hasOwn(values, arg.name) ? values[arg.name] : undefined);
  if (value === undefined && arg.required) throw missing(command, arg);
  return value;
}

function missing(command: Grammar & { readonly example: string }, arg: CommandArg): UserError {
  return new UserError(
    `${command.name} needs ${arg.name}: ${arg.summary}. For example: /papers ${command.example}`,
  );
}

function toValue(arg: CommandArg, value: ArgValue | undefined): string | number | undefined {
  const text = value === undefined ? '' : clean(toText(value));
  if (text === '') return undefined;
  const most = arg.list === true ? TOPIC_LIST_MAX : TEXT_MAX;
  if (text.length > most) {
    throw new UserError(`${arg.name} is too long: at most ${most} characters, please.`);
  }
  if (arg.kind === 'integer') return checkInteger(arg, text);
  return arg.choices === undefined ? text : checkChoice(arg.name, arg.choices, text);
}

function toText(value: ArgValue): string {
  return typeof value === 'object' ? value.join(', ') : String(value);
}

function checkInteger(arg: ArgDefinition, text: string): number {
  const value = parseCount(text);
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = arg;
  if (value >= min && value <= max) return value;
  throw new UserError(`${arg.name} must be a whole number${range(arg)}, not ${said(text)}.`);
}

function range({ min, max }: ArgDefinition): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}

function checkChoice(name: string, choices: readonly string[], text: string): string {
  const choice = choices.find((each) => each.toLowerCase() === text.toLowerCase());
  if (choice !== undefined) return choice;
  throw new UserError(`${name} must be one of ${choices.join(', ')}, not ${said(text)}.`);
}
