import { z } from 'zod';
import { refuse, text } from './form.ts';

const Name = z.string().regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u);

const Choice = z.looseObject({
  name: text(100, 1),
  value: z.union([z.string().max(100), z.number()]),
});

const leaf = {
  name: Name,
  description: text(100, 1),
  type: z.int().min(3).max(11),
  required: z.boolean().nullish(),
  choices: z.array(Choice).max(25).nullish(),
  autocomplete: z.boolean().nullish(),
  channel_types: z.array(z.int()).nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  min_length: z.int().min(0).max(6000).nullish(),
  max_length: z.int().min(1).max(6000).nullish(),
};

const Leaf = z.looseObject(leaf).superRefine(({ choices, autocomplete }, context) => {
  if (!autocomplete || !choices?.length) return;
  const message = 'Autocomplete and choices are mutually exclusive';
  refuse(context, [], 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_AND_CHOICES', message);
});

const Leaves = z
  .array(Leaf)
  .max(25)
  .superRefine((options, context) => {
    const firstOptional = options.findIndex(({ required }) => !required);
    const late = options.some(({ required }, at) => required && at > firstOptional);
    if (firstOptional < 0 || !late) return;
    const message = 'Required options must be placed before non-required options';
    refuse(context, [], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
  });

const head = { name: Name, description: text(100, 1) };
const Sub = z.looseObject({ ...head, type: z.literal(1), options: Leaves.nullish() });
const Group = z.looseObject({
  ...head,
  type: z.literal(2),
  options: z.array(Sub).min(1).max(25),
});

const ChatInput = z.looseObject({
  ...head,
  type: z.literal(1).optional(),
  options: z.union([z.array(z.discriminatedUnion('type', [Sub, Group])).max(25), Leaves]).nullish(),
});

const Menu = z.looseObject({ name: text(32, 1), type: z.literal([2, 3]) });

/** https://docs.discord.com/developers/interactions/application-commands */
export const Command = z.union([ChatInput, Menu]).superRefine((command, context) => {
  if (sizeOf(command) <= 8_000) return;
  const message = 'Command exceeds maximum size (8000)';
  refuse(context, [], 'APPLICATION_COMMAND_TOO_LARGE', message);
});

export type Command = z.infer<typeof Command>;

/** Names, descriptions and values of a command and all in it. */
function sizeOf(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((sum, each) => sum + sizeOf(each), 0);
  if (typeof node !== 'object' || node === null) return 0;
  return Object.entries(node).reduce((sum, [key, value]) => {
    const counts = ['name', 'description', 'value'].includes(key) && typeof value === 'string';
    return sum + (counts ? value.length : sizeOf(value));
  }, 0);
}

/** 100 chat commands, 15 of each kind of menu. */
export function isWithinCounts(commands: readonly { readonly type?: unknown }[]): boolean {
  const most: readonly (readonly [type: number, count: number])[] = [
    [1, 100],
    [2, 15],
    [3, 15],
  ];
  return most.every(
    ([type, count]) => commands.filter((each) => (each.type ?? 1) === type).length <= count,
  );
}
