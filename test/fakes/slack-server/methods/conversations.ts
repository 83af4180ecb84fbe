import { NARROW_PAGE } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { imOf, type SlackChannel, type SlackMessage } from '../world.ts';
import { channelArg, needScope, needScopeIn, textArg, type Call, type Method } from './call.ts';
import { wireMessage } from './chat.ts';

const info: Method = (call) => {
  const channel = channelArg(call);
  needScopeIn(call, channel, 'read');
  return { channel: wireChannel(channel, call.install.botUser) };
};

const list: Method = (call) => {
  needScope(call, 'channels:read');
  const channels = [...call.world.channels.values()].filter(
    ({ teams, isIm }) => teams.has(call.install.team) && !isIm,
  );
  return { channels: channels.map((each) => wireChannel(each, call.install.botUser)) };
};

const history: Method = (call) => {
  const channel = channelArg(call);
  needScopeIn(call, channel, 'history');
  const messages = call.world.messages.filter(
    ({ channel: id, threadTs, onlyFor }) =>
      id === channel.id && threadTs === undefined && onlyFor === undefined,
  );
  return page(call, messages, 'newest');
};

const replies: Method = (call) => {
  const channel = channelArg(call);
  needScopeIn(call, channel, 'history');
  const root = textArg(call.args, 'ts');
  const messages = call.world.messages.filter(
    ({ channel: id, ts, threadTs }) => id === channel.id && (ts === root || threadTs === root),
  );
  if (messages.length === 0) throw new Refusal('thread_not_found');
  return page(call, messages, 'oldest');
};

/** As many as Slack gives at once unless told: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE = 100;

/**
 * The part of some messages that a call asks for; a thread's first message always comes with it.
 * A channel is read from its newest message back, though with `oldest` alone from there on:
 * https://docs.slack.dev/reference/methods/conversations.history
 */
function page(
  { args, world }: Call,
  messages: readonly SlackMessage[],
  first: 'newest' | 'oldest',
): Record<string, unknown> {
  const oldest = Number(textArg(args, 'oldest'));
  const latest = Number(textArg(args, 'latest')) || Infinity;
  const asked = messages.filter(
    ({ ts, threadTs }) =>
      (Number(ts) > oldest && Number(ts) < latest) || (threadTs === undefined && ts === args['ts']),
  );
  const isForward = first === 'oldest' || (oldest > 0 && latest === Infinity);
  if (!isForward) asked.reverse();
  const from = Number(textArg(args, 'cursor'));
  const limit = Number(textArg(args, 'limit')) || PAGE;
  const until = from + Math.min(limit, world.isNarrow ? NARROW_PAGE : limit);
  const more = until < asked.length;
  const shown = asked.slice(from, until);
  if (isForward && first === 'newest') shown.reverse();
  return {
    messages: shown.map(wireMessage),
    has_more: more,
    ...(more && { response_metadata: { next_cursor: String(until) } }),
  };
}

const join: Method = (call) => {
  needScope(call, 'channels:join');
  const channel = channelArg(call);
  channel.members.add(call.install.botUser);
  return { channel: wireChannel(channel, call.install.botUser) };
};

const open: Method = (call) => {
  needScope(call, 'im:write');
  if (call.args['channel'] !== undefined) return reopen(call);
  const user = textArg(call.args, 'users');
  if (!call.world.users.has(user)) throw new Refusal('user_not_found');
  return { channel: { id: imOf(call.world, call.install, user).id } };
};

/** One that the bot is not in is no conversation to it. */
function reopen(call: Call): Record<string, unknown> {
  const channel = channelArg(call);
  if (!channel.members.has(call.install.botUser)) throw new Refusal('channel_not_found');
  return { channel: { id: channel.id } };
}

export const conversations: Readonly<Record<string, Method>> = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.join': join,
  'conversations.open': open,
};

function wireChannel(channel: SlackChannel, bot: string): Record<string, unknown> {
  const { id, name, creator, isIm, isPrivate, isArchived, members, teams } = channel;
  return {
    id,
    name,
    creator,
    is_im: isIm,
    is_private: isPrivate || isIm,
    is_channel: !isIm,
    is_archived: isArchived,
    is_member: members.has(bot),
    is_ext_shared: teams.size > 1,
    context_team_id: channel.team,
  };
}
