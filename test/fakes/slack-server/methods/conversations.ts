import { Refusal } from '../refusal.ts';
import { imOf, type SlackChannel, type SlackMessage } from '../world.ts';
import { channelArg, needScope, textArg, type Call, type Method } from './call.ts';
import { wireMessage } from './chat.ts';

const info: Method = (call) => {
  const channel = channelArg(call);
  needScope(call, channel.isIm ? 'im:read' : 'channels:read');
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
  needScope(call, 'channels:history');
  const channel = channelArg(call);
  const messages = call.world.messages.filter(
    ({ channel: id, threadTs, onlyFor }) =>
      id === channel.id && threadTs === undefined && onlyFor === undefined,
  );
  return page(call, messages.reverse());
};

const replies: Method = (call) => {
  needScope(call, 'channels:history');
  const channel = channelArg(call);
  const root = textArg(call.args, 'ts');
  const messages = call.world.messages.filter(
    ({ channel: id, ts, threadTs }) => id === channel.id && (ts === root || threadTs === root),
  );
  if (messages.length === 0) throw new Refusal('thread_not_found');
  return page(call, messages);
};

/** As many as Slack gives at once unless told: https://docs.slack.dev/reference/methods/conversations.history */
const PAGE = 100;

/** The part of some messages that a call asks for; a thread's first message always comes with it. */
function page({ args }: Call, messages: readonly SlackMessage[]): Record<string, unknown> {
  const oldest = Number(textArg(args, 'oldest'));
  const asked = messages.filter(
    ({ ts, threadTs }) => Number(ts) > oldest || (threadTs === undefined && ts === args['ts']),
  );
  const from = Number(textArg(args, 'cursor'));
  const until = from + (Number(textArg(args, 'limit')) || PAGE);
  const more = until < asked.length;
  return {
    messages: asked.slice(from, until).map(wireMessage),
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
  const user = textArg(call.args, 'users');
  if (!call.world.users.has(user)) throw new Refusal('user_not_found');
  return { channel: { id: imOf(call.world, call.install, user).id } };
};

export const conversations: Readonly<Record<string, Method>> = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.join': join,
  'conversations.open': open,
};

function wireChannel(channel: SlackChannel, bot: string): Record<string, unknown> {
  const { id, name, creator, isIm, isArchived, members, teams } = channel;
  return {
    id,
    name,
    creator,
    is_im: isIm,
    is_channel: !isIm,
    is_archived: isArchived,
    is_member: members.has(bot),
    is_ext_shared: teams.size > 1,
    context_team_id: channel.team,
  };
}
