import { Refusal } from '../refusal.ts';
import { imOf, type SlackChannel } from '../world.ts';
import { channelArg, needScope, textArg, type Method } from './call.ts';
import { wireMessage } from './chat.ts';

const info: Method = (call) => {
  needScope(call, 'channels:read');
  return { channel: wireChannel(channelArg(call), call.install.botUser) };
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
  return { messages: messages.map(wireMessage).reverse(), has_more: false };
};

const replies: Method = (call) => {
  needScope(call, 'channels:history');
  const channel = channelArg(call);
  const root = textArg(call.args, 'ts');
  const messages = call.world.messages.filter(
    ({ channel: id, ts, threadTs }) => id === channel.id && (ts === root || threadTs === root),
  );
  if (messages.length === 0) throw new Refusal('thread_not_found');
  return { messages: messages.map(wireMessage), has_more: false };
};

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
