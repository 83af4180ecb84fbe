import type { Parcel, Receipt } from './delivery.ts';
import { toEvent } from './events.ts';
import { stateOf, type FilledIn } from './form-state.ts';
import {
  toAction,
  toCommand,
  toMessageShortcut,
  toSubmission,
  toSuggestion,
} from './interactions.ts';
import { objectOf, objectsOf, textOf, type Json } from './json.ts';
import type { ResponseUrls } from './response-urls.ts';
import {
  imOf,
  nextTs,
  type Install,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  type SlackView,
  type World,
} from './world.ts';

interface ChannelMessage {
  readonly channel: string;
  readonly ts: string;
}

/** What people do in Slack. Each resolves once the app acknowledged it, or Slack gave up. */
export interface Readers {
  /** Types `/papers` and this text. */
  type(user: string, channel: string, text: string): Promise<Receipt>;
  /** Presses the button with this label, or this value, under a message. */
  press(
    user: string,
    at: ChannelMessage,
    button: { label?: string; value?: string },
  ): Promise<Receipt>;
  /** Presses a button on the card that stands at a link of a message. */
  pressOnCard(
    user: string,
    at: ChannelMessage,
    url: string,
    button: { label?: string; value?: string },
  ): Promise<Receipt>;
  /** Chooses the entry with this value from the menu under a message. */
  choose(user: string, at: ChannelMessage, value: string): Promise<Receipt>;
  /** Presses the button with this label, or this value, in an open view. */
  pressInView(
    user: string,
    view: string,
    button: { label?: string; value?: string },
  ): Promise<Receipt>;
  /** Types this into the line of an open view that is sent by the enter key. */
  searchInView(user: string, view: string, text: string): Promise<Receipt>;
  /** Picks a conversation from the list in an open view. */
  pickInView(user: string, view: string, conversation: string): Promise<Receipt>;
  /** Puts a reaction on or takes it off; the name as Slack has it: `+1::skin-tone-4`. */
  react(
    user: string,
    at: ChannelMessage,
    name: string,
    added?: boolean,
    again?: string,
  ): Promise<Receipt>;
  openHome(user: string): Promise<Receipt>;
  /** Fills in a modal, other fields left as they are, and presses its submit button. */
  submit(user: string, view: string, values: FilledIn): Promise<Receipt>;
  /** Types into a picker of an open view, by its block; the receipt's body holds what is offered. */
  suggest(user: string, view: string, block: string, typed: string): Promise<Receipt>;
  /** Chooses a shortcut in a message's menu. */
  shortcut(user: string, at: ChannelMessage, callbackId: string): Promise<Receipt>;
  /** Writes a message; links in it are reported where the app knows their domain. */
  say(user: string, channel: string, text: string): Promise<{ ts: string; receipt?: Receipt }>;
}

export interface ReaderParts {
  readonly world: World;
  readonly urls: ResponseUrls;
  readonly domains: readonly string[];
  send(parcel: Parcel): Promise<Receipt>;
}

export function createReaders(parts: ReaderParts): Readers {
  const { world, urls } = parts;
  const send = (parcel: Parcel) => parts.send(parcel);
  const urlFor = (user: SlackUser, channel: string, ts?: string) =>
    urls.make({ team: user.team, channel, user: user.id, ...(ts !== undefined && { ts }) });

  return {
    type: (id, channelId, text) => {
      const user = userOf(world, id);
      return send(
        toCommand(world, user, channelOf(world, channelId), text, urlFor(user, channelId)),
      );
    },
    press: (id, at, button) => {
      const user = userOf(world, id);
      const message = messageOf(world, at);
      const responseUrl = urlFor(user, at.channel, at.ts);
      const place = { message, channel: channelOf(world, at.channel), responseUrl };
      return send(toAction(world, user, buttonIn(message.blocks, button), place));
    },
    pressOnCard: (id, at, url, button) => {
      const user = userOf(world, id);
      const message = messageOf(world, at);
      const responseUrl = urlFor(user, at.channel, at.ts);
      const blocks = objectsOf(objectOf(message.unfurls[url])['blocks']);
      const place = { message, channel: channelOf(world, at.channel), responseUrl, card: url };
      return send(toAction(world, user, buttonIn(blocks, button), place));
    },
    choose: (id, at, value) => {
      const user = userOf(world, id);
      const message = messageOf(world, at);
      const responseUrl = urlFor(user, at.channel, at.ts);
      const place = { message, channel: channelOf(world, at.channel), responseUrl };
      return send(toAction(world, user, optionIn(message.blocks, value), place));
    },
    pressInView: (id, viewId, button) => {
      const view = viewOf(world, viewId);
      const action = buttonIn(objectsOf(view.view['blocks']), button);
      return send(toAction(world, userOf(world, id), action, view));
    },
    searchInView: (id, viewId, text) => {
      const view = viewOf(world, viewId);
      const value = text === '' ? null : text;
      const action = { ...elementIn(view, 'plain_text_input'), value };
      return send(toAction(world, userOf(world, id), action, view));
    },
    pickInView: (id, viewId, conversation) => {
      const view = viewOf(world, viewId);
      const element = elementIn(view, 'conversations_select');
      const action = { ...element, selected_conversation: conversation };
      return send(toAction(world, userOf(world, id), action, view));
    },
    react: (id, at, name, added = true, again) =>
      react(parts, userOf(world, id), at, name, added, again),
    openHome: (id) => {
      const user = userOf(world, id);
      const install = installFor(world, user, undefined);
      const event = {
        type: 'app_home_opened',
        user: id,
        channel: imOf(world, install, id).id,
        tab: 'home',
      };
      return send(toEvent(world, event, { install }));
    },
    suggest: (id, viewId, block, typed) => {
      const view = viewOf(world, viewId);
      const blocks = objectsOf(view.view['blocks']);
      const found = blocks.find((each) => each['block_id'] === block) ?? {};
      return send(toSuggestion(userOf(world, id), view, found, typed));
    },
    submit: async (id, viewId, values) => {
      const [user, view] = [userOf(world, id), viewOf(world, viewId)];
      const state = await stateOf(view.view, values, (block, typed) =>
        send(toSuggestion(user, view, block, typed)),
      );
      const receipt = await send(toSubmission(world, user, view, state));
      if (objectOf(receipt.body)['response_action'] === undefined) view.isOpen = false;
      return receipt;
    },
    shortcut: (id, at, callbackId) => {
      const user = userOf(world, id);
      const [channel, message] = [channelOf(world, at.channel), messageOf(world, at)];
      const url = urlFor(user, at.channel, at.ts);
      return send(toMessageShortcut(world, user, channel, message, callbackId, url));
    },
    say: (id, channelId, text) => say(parts, userOf(world, id), channelOf(world, channelId), text),
  };
}

async function react(
  parts: ReaderParts,
  user: SlackUser,
  at: ChannelMessage,
  name: string,
  added: boolean,
  again: string | undefined,
): Promise<Receipt> {
  const { world } = parts;
  const message = messageOf(world, at);
  const who = message.reactions.get(name) ?? new Set();
  message.reactions.set(name, who);
  if (added) who.add(user.id);
  else who.delete(user.id);
  const channel = channelOf(world, at.channel);
  const install = installFor(world, user, channel);
  // Reactions are told only of channels that the bot is in.
  if (!channel.members.has(install.botUser)) return NOT_TOLD;
  const event = {
    type: added ? 'reaction_added' : 'reaction_removed',
    user: user.id,
    reaction: name,
    item: { type: 'message', channel: at.channel, ts: at.ts },
    item_user: message.user,
  };
  const place = { install, happenedIn: user.team, ...(again !== undefined && { id: again }) };
  return parts.send(toEvent(world, event, place));
}

const NOT_TOLD: Receipt = { status: 0, body: undefined, ms: 0, attempts: 0 };

async function say(
  parts: ReaderParts,
  user: SlackUser,
  channel: SlackChannel,
  text: string,
): Promise<{ ts: string; receipt?: Receipt }> {
  const { world, domains } = parts;
  const ts = nextTs(world);
  const message: SlackMessage = {
    ts,
    channel: channel.id,
    team: user.team,
    user: user.id,
    text,
    blocks: [],
    args: {},
    hidden: false,
    edited: 0,
    unfurls: {},
    reactions: new Map(),
  };
  world.messages.push(message);
  const links = (text.match(/https?:\/\/[^\s>|]+/g) ?? [])
    .map((url) => ({ url, domain: new URL(url).hostname }))
    .filter(({ domain }) =>
      domains.some((known) => domain === known || domain.endsWith(`.${known}`)),
    );
  if (links.length === 0) return { ts };
  const install = installFor(world, user, channel);
  const event = {
    type: 'link_shared',
    user: user.id,
    channel: channel.id,
    message_ts: ts,
    is_bot_user_member: channel.members.has(install.botUser),
    unfurl_id: `${channel.id}.${ts}`,
    source: 'conversations_history',
    links,
  };
  return { ts, receipt: await parts.send(toEvent(world, event, { install })) };
}

/** The app in the person's own workspace; failing that, in one that shares the channel. */
function installFor(world: World, user: SlackUser, channel: SlackChannel | undefined): Install {
  const teams = [user.team, ...(channel?.teams ?? [])];
  const install = teams.flatMap((team) => world.installs.get(team) ?? [])[0];
  if (install === undefined) throw new Error(`The app is not installed for ${user.id}`);
  return install;
}

function userOf(world: World, id: string): SlackUser {
  const user = world.users.get(id);
  if (user === undefined) throw new Error(`No user ${id}`);
  return user;
}

function channelOf(world: World, id: string): SlackChannel {
  const channel = world.channels.get(id);
  if (channel === undefined) throw new Error(`No channel ${id}`);
  return channel;
}

function messageOf(world: World, { channel, ts }: ChannelMessage): SlackMessage {
  const message = world.messages.find((each) => each.channel === channel && each.ts === ts);
  if (message === undefined) throw new Error(`No message ${ts} in ${channel}`);
  return message;
}

function viewOf(world: World, id: string): SlackView {
  const view = world.views.find((each) => each.id === id && each.isOpen);
  if (view === undefined) throw new Error(`No open view ${id}`);
  return view;
}

/** The first element of this type in a view, as its action names it. */
function elementIn({ view }: SlackView, wanted: string): Json {
  for (const block of objectsOf(view['blocks'])) {
    const elements = [...objectsOf(block['elements']), objectOf(block['element'])];
    const found = elements.find(({ type }) => type === wanted);
    if (found === undefined) continue;
    return { type: wanted, action_id: found['action_id'], block_id: 'auto' };
  }
  throw new Error(`No ${wanted} in the view`);
}

/** The action that pressing the button sends. */
function buttonIn(blocks: readonly Json[], wanted: { label?: string; value?: string }): Json {
  for (const block of blocks) {
    const elements = [...objectsOf(block['elements']), objectOf(block['accessory'])];
    const found = elements.find(
      ({ type, text, value }) =>
        type === 'button' &&
        (wanted.label ?? textOf(objectOf(text)['text'])) === textOf(objectOf(text)['text']) &&
        (wanted.value ?? value) === value,
    );
    if (found !== undefined) return { ...found, block_id: block['block_id'] ?? 'auto' };
  }
  throw new Error(`No button ${JSON.stringify(wanted)}`);
}

/** The action that choosing the option sends. */
function optionIn(blocks: readonly Json[], value: string): Json {
  for (const block of blocks) {
    for (const { action_id: id, type, options } of objectsOf(block['elements'])) {
      const option = objectsOf(options).find((each) => each['value'] === value);
      if (option === undefined) continue;
      return { type, action_id: id, block_id: 'auto', selected_option: option };
    }
  }
  throw new Error(`No option ${value}`);
}
