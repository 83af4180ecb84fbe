import { Refusal } from '../refusal.ts';
import { installOf, type SlackMessage } from '../world.ts';
import { channelArg, needScope, textArg, type Call, type Method } from './call.ts';

const authTest: Method = ({ world, install }) => ({
  url: `https://${install.team.toLowerCase()}.slack.example/`,
  team: world.teams.get(install.team),
  team_id: install.team,
  user: 'paperboy',
  user_id: install.botUser,
  bot_id: install.botId,
  is_enterprise_install: false,
});

const authRevoke: Method = ({ world, install, args }) => {
  const token = textArg(args, 'token');
  (installOf(world, token) ?? install).tokens.delete(token);
  return { revoked: true };
};

const userInfo: Method = (call) => {
  needScope(call, 'users:read');
  const user = call.world.users.get(textArg(call.args, 'user'));
  if (user === undefined) throw new Refusal('user_not_found');
  const { id, team, name, tz, isAdmin, isBot } = user;
  return {
    user: {
      id,
      team_id: team,
      name,
      tz,
      is_admin: isAdmin,
      is_owner: false,
      is_bot: isBot,
      is_stranger: team !== call.install.team,
    },
  };
};

const addReaction: Method = (call) => {
  needScope(call, 'reactions:write');
  const who = reactors(call);
  if (who.has(call.install.botUser)) throw new Refusal('already_reacted');
  who.add(call.install.botUser);
  return {};
};

const removeReaction: Method = (call) => {
  needScope(call, 'reactions:write');
  if (!reactors(call).delete(call.install.botUser)) throw new Refusal('no_reaction');
  return {};
};

const getReactions: Method = (call) => {
  needScope(call, 'reactions:read');
  const channel = channelArg(call);
  const message = messageArg(call, channel.id);
  const reactions = [...message.reactions]
    .filter(([, who]) => who.size > 0)
    .map(([name, who]) => ({ name, users: [...who], count: who.size }));
  return {
    type: 'message',
    channel: channel.id,
    message: { ts: message.ts, ...(reactions.length > 0 && { reactions }) },
  };
};

function messageArg({ world, args }: Call, channel: string): SlackMessage {
  const ts = textArg(args, 'timestamp');
  const message = world.messages.find((each) => each.channel === channel && each.ts === ts);
  if (message === undefined) throw new Refusal('message_not_found');
  return message;
}

function reactors(call: Call): Set<string> {
  const message = messageArg(call, channelArg(call).id);
  const name = textArg(call.args, 'name');
  const who = message.reactions.get(name) ?? new Set();
  message.reactions.set(name, who);
  return who;
}

export const people: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'auth.revoke': authRevoke,
  'users.info': userInfo,
  'reactions.get': getReactions,
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
};
