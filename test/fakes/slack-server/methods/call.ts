import { isJson, textOf, type Json } from '../json.ts';
import { Refusal } from '../refusal.ts';
import type { Install, SlackChannel, World } from '../world.ts';

/** One call of a Web API method, with the workspace whose token it carried. */
export interface Call {
  readonly world: World;
  readonly args: Json;
  readonly install: Install;
  /** What became of a post: a burst hides it. */
  readonly hidden: boolean;
}

/** Returns what stands beside `ok: true`, or throws `Refusal`. */
export type Method = (call: Call) => Json;

/** An argument that is JSON: text in a form, a value in a JSON body. */
export function jsonArg(args: Json, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal(name === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments');
  }
}

export function objectArg(args: Json, name: string): Json {
  const value = jsonArg(args, name);
  if (!isJson(value)) throw new Refusal('invalid_arguments');
  return value;
}

export function textArg(args: Json, name: string): string {
  return textOf(args[name]);
}

/** The channel, where the app's workspace has it. */
export function channelArg({ world, args, install }: Call): SlackChannel {
  const channel = world.channels.get(textArg(args, 'channel'));
  if (channel?.teams.has(install.team) !== true) throw new Refusal('channel_not_found');
  const isHidden = channel.isPrivate && !channel.members.has(install.botUser);
  if (isHidden) throw new Refusal('channel_not_found');
  return channel;
}

/** Refuses an archived channel, and one that the bot is no member of. */
export function memberChannel(call: Call): SlackChannel {
  const channel = channelArg(call);
  if (channel.isArchived) throw new Refusal('is_archived');
  if (!channel.members.has(call.install.botUser)) throw new Refusal('not_in_channel');
  return channel;
}

export function needScope({ install }: Call, scope: string): void {
  if (install.scopes.split(',').includes(scope)) return;
  throw new Refusal('missing_scope', [], { needed: scope, provided: install.scopes });
}

/** Each kind of channel has scopes of its own: https://docs.slack.dev/reference/scopes */
export function needScopeIn(call: Call, { isIm, isPrivate }: SlackChannel, what: string): void {
  const kind = isIm ? 'im' : isPrivate ? 'groups' : 'channels';
  needScope(call, `${kind}:${what}`);
}
