import { PermissionFlagsBits } from 'discord.js';
import { toPaperIds } from '../core/index.ts';
import type { ArgValues, CommandCall, CommandDefinition } from '../core/index.ts';
import { fromCustomId } from './custom-id.ts';
import {
  COMPONENT,
  FORM_SENT,
  type Interaction,
  type InteractionData,
  type TargetMessage,
} from './interaction.ts';
import { DIRECT, PLATFORM, READERS } from './settings.ts';

/** Gives what was remembered under a key. */
export type Recall = (key: string) => Promise<string | undefined>;

/** Gives the forum in which a channel is a post, or undefined where it is none. */
export type ForumOf = (channel: string) => string | undefined;

/** What the reader wants, or undefined where the interaction isn't one of ours. */
export async function toCall(
  interaction: Interaction,
  definitions: readonly CommandDefinition[],
  recall: Recall,
  forumOf: ForumOf,
): Promise<CommandCall | undefined> {
  const wish = await toWish(interaction, definitions, recall);
  if (wish === undefined) return undefined;
  const { channel: here, ...whose } = whoseOf(interaction);
  // Nobody can write in a forum itself: what is asked in one of its posts is asked of the forum.
  const channel = { ...here, channel: forumOf(here.channel) ?? here.channel };
  return { name: wish.name, input: { args: wish.args }, channel, ...whose };
}

/** Who asks, where, and whether they may manage that channel. */
export function whoseOf(interaction: Interaction) {
  const { channel_id: channel = '', member, user } = interaction;
  return {
    channel: { platform: PLATFORM, tenant: tenantOf(interaction), channel },
    reader: { platform: PLATFORM, tenant: READERS, user: (member?.user ?? user)?.id ?? '' },
    canManage: canManage(interaction),
    direct: isOwnDirect(interaction),
  };
}

export function tenantOf({ guild_id: guild = DIRECT }: Interaction): string {
  return guild;
}

const MANAGES = [
  PermissionFlagsBits.Administrator,
  PermissionFlagsBits.ManageGuild,
  PermissionFlagsBits.ManageChannels,
];

const OWN_DIRECT_MESSAGES = 1;

function isOwnDirect({ member, context }: Interaction): boolean {
  return member === undefined && context === OWN_DIRECT_MESSAGES;
}

/** By the permissions that came with this very interaction, which nobody can have kept. */
function canManage(interaction: Interaction): boolean {
  const { member } = interaction;
  if (member === undefined) return isOwnDirect(interaction);
  const held = BigInt(member.permissions);
  return MANAGES.some((bit) => (held & bit) === bit);
}

interface Wish {
  readonly name: string;
  readonly args: ArgValues;
}

async function toWish(
  { type, data = {}, ...interaction }: Interaction,
  definitions: readonly CommandDefinition[],
  recall: Recall,
): Promise<Wish | undefined> {
  if (type !== COMPONENT && type !== FORM_SENT) return fromCommand(data, definitions);
  const tenant = interaction.guild_id ?? DIRECT;
  const action = await fromCustomId(data.custom_id ?? '', tenant, recall);
  if (action === undefined) return undefined;
  const { command: name, args, arg } = action;
  if (type === FORM_SENT) return { name, args: { ...args, ...filledIn(data) } };
  const [picked] = data.values ?? [];
  return { name, args: arg === undefined ? args : { ...args, [arg]: picked } };
}

const MESSAGE_MENU = 3;

function fromCommand(
  { name, type, options = [], ...data }: InteractionData,
  definitions: readonly CommandDefinition[],
): Wish | undefined {
  if (type === MESSAGE_MENU) {
    const command = definitions.find(({ menu }) => menu === name);
    const target = data.resolved?.messages?.[data.target_id ?? ''];
    const [arg] = command?.args ?? [];
    if (command === undefined || arg === undefined) return undefined;
    return { name: command.name, args: { [arg.name]: papersOf(target).join(' ') } };
  }
  const [subcommand] = options;
  if (subcommand === undefined) return undefined;
  const given = (subcommand.options ?? []).map(({ name: arg, value }) => [arg, value] as const);
  return { name: subcommand.name, args: Object.fromEntries(given) };
}

/** The ids of the papers that a message names or links to, wherever in it. */
function papersOf(message: TargetMessage = {}): string[] {
  const { content = '', embeds = [], components = [] } = message;
  return toPaperIds([content, ...stringsIn(embeds), ...stringsIn(components)].join(' '));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

function filledIn({ components = [] }: InteractionData): ArgValues {
  const fields = components.flatMap(({ component }) =>
    component === undefined ? [] : [component],
  );
  const filled = fields.filter(({ value = '' }) => value.trim() !== '');
  return Object.fromEntries(filled.map(({ custom_id: name, value }) => [name, value]));
}
