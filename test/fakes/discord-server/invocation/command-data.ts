import { wirePartialChannel } from '../wire/channel.ts';
import { wireUser } from '../wire/user.ts';
import type { Json, World } from '../world.ts';

type Value = string | number | boolean;

/** `/name group subcommand option:value …` */
export interface CommandInput {
  readonly name: string;
  readonly group?: string;
  readonly subcommand?: string;
  readonly options?: Readonly<Record<string, Value>>;
  /** The option that is being typed; for autocompletion. */
  readonly focused?: string;
}

interface Definition {
  readonly id?: string;
  readonly name: string;
  readonly type: number;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly { readonly value: Value }[] | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
  readonly options?: readonly Definition[] | null;
}

/** The data of an interaction, checked against the registered command as Discord's client does. */
export function commandData(world: World, registered: readonly Json[], input: CommandInput): Json {
  const commands = registered as readonly unknown[] as readonly Definition[];
  const command = commands.find(({ name, type }) => name === input.name && type === 1);
  if (!command) throw new Error(`There is no command /${input.name}.`);
  const path = [input.group, input.subcommand].filter((name) => name !== undefined);
  const leaf = path.reduce<Definition>((node, name) => childOf(node, name), command);
  if ((leaf.options ?? []).some(({ type }) => type < 3)) {
    throw new Error(`/${input.name} needs a subcommand.`);
  }
  const values = valuesOf(leaf, input);
  return {
    id: command.id,
    name: command.name,
    type: 1,
    options: nest(command, path, values),
    resolved: resolved(world, values),
  };
}

function childOf(node: Definition, name: string): Definition {
  const child = node.options?.find((each) => each.name === name && each.type < 3);
  if (!child) throw new Error(`/${node.name} has no ${name}.`);
  return child;
}

function nest(node: Definition, path: readonly string[], values: readonly Json[]): readonly Json[] {
  const [name, ...rest] = path;
  if (name === undefined) return values;
  const child = childOf(node, name);
  return [{ name, type: child.type, options: nest(child, rest, values) }];
}

function valuesOf(leaf: Definition, { options = {}, focused }: CommandInput): Json[] {
  const known = leaf.options ?? [];
  for (const name of Object.keys(options)) {
    if (!known.some((each) => each.name === name)) throw new Error(`There is no option ${name}.`);
  }
  if (focused !== undefined && !known.find(({ name }) => name === focused)?.autocomplete) {
    throw new Error(`The option ${focused} has no autocompletion.`);
  }
  return known.flatMap((option) => {
    const value = options[option.name];
    const typed = option.name === focused;
    if (value === undefined && !typed) {
      if (option.required && focused === undefined) throw new Error(`${option.name} is required.`);
      return [];
    }
    if (!typed && value !== undefined) checkValue(option, value);
    const { name, type } = option;
    return [{ name, type, value: value ?? '', ...(typed && { focused: true }) }];
  });
}

const NUMBERS = [4, 10];

function checkValue({ name, type, choices, ...bounds }: Definition, value: Value): void {
  const wanted = NUMBERS.includes(type) ? 'number' : type === 5 ? 'boolean' : 'string';
  if (typeof value !== wanted) throw new Error(`${name} takes a ${wanted}.`);
  if (choices?.length && !choices.some((choice) => choice.value === value)) {
    throw new Error(`${name} has no choice ${value}.`);
  }
  const { min_value: least, max_value: most } = bounds;
  if (typeof value !== 'number') return;
  if (value < (least ?? -Infinity) || value > (most ?? Infinity)) {
    throw new Error(`${value} is out of bounds for ${name}.`);
  }
}

const [USER, CHANNEL] = [6, 7];

function resolved(world: World, values: readonly Json[]): Json {
  const users = values.flatMap(({ type, value }) => {
    const user = type === USER ? world.users.get(String(value)) : undefined;
    return user ? [[user.id, wireUser(user)]] : [];
  });
  const channels = values.flatMap(({ type, value }) => {
    const channel = type === CHANNEL ? world.channels.get(String(value)) : undefined;
    return channel ? [[channel.id, wirePartialChannel(world, channel, world.bot.id)]] : [];
  });
  return { users: Object.fromEntries(users), channels: Object.fromEntries(channels) };
}
