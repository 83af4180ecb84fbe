import { checkMessage } from '../block-limits.ts';
import { checkImages } from '../images.ts';
import { isJson, objectOf, objectsOf } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { nextTs, type SlackMessage } from '../world.ts';
import { channelArg, jsonArg, memberChannel, needScope, textArg } from './call.ts';
import type { Call, Method } from './call.ts';

const postMessage: Method = (call) => {
  needScope(call, 'chat:write');
  const { args, install, hidden } = call;
  const channel = memberChannel(call);
  const threadTs = textArg(args, 'thread_ts');
  if (threadTs !== '') rootOf(call, threadTs);
  const message = add(call, {
    user: install.botUser,
    hidden,
    ...(threadTs !== '' && { threadTs }),
  });
  return { channel: channel.id, ts: message.ts, message: wireMessage(message) };
};

const postEphemeral: Method = (call) => {
  needScope(call, 'chat:write');
  const user = textArg(call.args, 'user');
  if (!memberChannel(call).members.has(user)) throw new Refusal('user_not_in_channel');
  const message = add(call, { user: call.install.botUser, hidden: false, onlyFor: user });
  return { message_ts: message.ts };
};

const update: Method = (call) => {
  const { args } = call;
  const message = ownMessage(call);
  checkMessage(textArg(args, 'text'), jsonArg(args, 'blocks'));
  checkImages(call.world, jsonArg(args, 'blocks'));
  message.text = textArg(args, 'text');
  message.blocks = objectsOf(jsonArg(args, 'blocks'));
  message.args = args;
  message.edited += 1;
  return { channel: message.channel, ts: message.ts, text: message.text };
};

const remove: Method = (call) => {
  const message = ownMessage(call);
  call.world.messages.splice(call.world.messages.indexOf(message), 1);
  return { channel: message.channel, ts: message.ts };
};

const unfurl: Method = (call) => {
  needScope(call, 'links:write');
  const channel = call.world.channels.get(textArg(call.args, 'channel'));
  if (channel?.teams.has(call.install.team) !== true) throw new Refusal('cannot_find_channel');
  const message = find(call, textArg(call.args, 'ts'));
  if (message === undefined) throw new Refusal('cannot_find_message');
  if (call.args['unfurls'] === undefined) throw new Refusal('missing_unfurls');
  const unfurls = jsonArg(call.args, 'unfurls');
  if (!isJson(unfurls)) throw new Refusal('invalid_unfurls_format');
  for (const [url, card] of Object.entries(unfurls)) {
    if (!message.text.includes(url)) throw new Refusal('cannot_unfurl_message');
    checkMessage('card', objectOf(card)['blocks'] ?? []);
    checkImages(call.world, objectOf(card)['blocks']);
  }
  message.unfurls = { ...message.unfurls, ...unfurls };
  return {};
};

export const chat: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.unfurl': unfurl,
};

type Origin = Pick<SlackMessage, 'user' | 'hidden' | 'threadTs' | 'onlyFor'>;

function add({ world, args, install }: Call, origin: Origin): SlackMessage {
  const text = textArg(args, 'text');
  const blocks = jsonArg(args, 'blocks');
  checkMessage(text, blocks);
  checkImages(world, blocks);
  const message: SlackMessage = {
    ts: nextTs(world),
    channel: textArg(args, 'channel'),
    team: install.team,
    ...origin,
    text,
    blocks: objectsOf(blocks),
    metadata: jsonArg(args, 'metadata'),
    args,
    edited: 0,
    unfurls: {},
    reactions: new Map(),
  };
  world.messages.push(message);
  return message;
}

function find({ world, args }: Call, ts: string): SlackMessage | undefined {
  const channel = textArg(args, 'channel');
  return world.messages.find((each) => each.channel === channel && each.ts === ts);
}

function rootOf(call: Call, ts: string): SlackMessage {
  const root = find(call, ts);
  if (root === undefined) throw new Refusal('thread_not_found');
  if (root.threadTs !== undefined) throw new Refusal('cannot_reply_to_message');
  return root;
}

function ownMessage(call: Call): SlackMessage {
  channelArg(call);
  const message = find(call, textArg(call.args, 'ts'));
  if (message === undefined) throw new Refusal('message_not_found');
  if (message.user !== call.install.botUser) throw new Refusal('cant_update_message');
  return message;
}

/** The message as replies and events hold it. */
export function wireMessage(message: SlackMessage): Record<string, unknown> {
  const { ts, user, text, blocks, threadTs, metadata, team } = message;
  return {
    type: 'message',
    ts,
    user,
    team,
    text,
    ...(blocks.length > 0 && { blocks }),
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    ...(metadata !== undefined && { metadata }),
  };
}
