import type { Parcel } from './delivery.ts';
import { objectOf, type Json } from './json.ts';
import { wireMessage } from './methods/chat.ts';
import { wireView } from './methods/views.ts';
import {
  APP,
  nextId,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  type SlackView,
  type World,
} from './world.ts';

/** A trigger opens a view within three seconds, once. */
const TRIGGER_MS = 3000;

function newTrigger(world: World, user: SlackUser): string {
  const id = nextId(world, 'trigger-');
  world.triggers.set(id, { user: user.id, team: user.team, until: world.clock.now() + TRIGGER_MS });
  return id;
}

function common(world: World, user: SlackUser): Json {
  return {
    api_app_id: APP.id,
    token: 'verification-token',
    team: { id: user.team, domain: user.team.toLowerCase() },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    trigger_id: newTrigger(world, user),
  };
}

export function toCommand(
  world: World,
  user: SlackUser,
  channel: SlackChannel,
  text: string,
  responseUrl: string,
): Parcel {
  return {
    kind: 'slash_commands',
    payload: {
      token: 'verification-token',
      team_id: user.team,
      team_domain: user.team.toLowerCase(),
      channel_id: channel.id,
      channel_name: channel.name,
      user_id: user.id,
      user_name: user.name,
      command: '/papers',
      text,
      api_app_id: APP.id,
      is_enterprise_install: 'false',
      response_url: responseUrl,
      trigger_id: newTrigger(world, user),
    },
  };
}

/** A pressed button or a chosen entry under a message, or in a view. */
export function toAction(
  world: World,
  user: SlackUser,
  action: Json,
  place:
    | {
        readonly message: SlackMessage;
        readonly channel: SlackChannel;
        readonly responseUrl: string;
        /** The link at whose card it was pressed. */
        readonly card?: string;
      }
    | SlackView,
): Parcel {
  const where =
    'card' in place
      ? {
          container: {
            type: 'message_attachment',
            message_ts: place.message.ts,
            attachment_id: 1,
            channel_id: place.channel.id,
            is_ephemeral: false,
            is_app_unfurl: true,
            app_unfurl_url: place.card,
          },
          app_unfurl: { app_unfurl_url: place.card, is_app_unfurl: true },
          channel: { id: place.channel.id, name: place.channel.name },
          response_url: place.responseUrl,
        }
      : 'message' in place
        ? {
            container: {
              type: 'message',
              message_ts: place.message.ts,
              channel_id: place.channel.id,
              is_ephemeral: place.message.onlyFor !== undefined,
              ...(place.message.threadTs !== undefined && { thread_ts: place.message.threadTs }),
            },
            channel: { id: place.channel.id, name: place.channel.name },
            ...(place.message.onlyFor === undefined && { message: wireMessage(place.message) }),
            response_url: place.responseUrl,
          }
        : { container: { type: 'view', view_id: place.id }, view: wireView(place) };
  return {
    kind: 'interactive',
    payload: {
      type: 'block_actions',
      ...common(world, user),
      ...where,
      state: { values: {} },
      actions: [{ ...action, action_ts: String(world.clock.now() / 1000) }],
    },
  };
}

export function toSubmission(world: World, user: SlackUser, view: SlackView, values: Json): Parcel {
  return {
    kind: 'interactive',
    payload: {
      type: 'view_submission',
      ...common(world, user),
      view: { ...wireView(view), state: { values } },
      response_urls: [],
    },
  };
}

export function toMessageShortcut(
  world: World,
  user: SlackUser,
  channel: SlackChannel,
  message: SlackMessage,
  callbackId: string,
  responseUrl: string,
): Parcel {
  return {
    kind: 'interactive',
    payload: {
      type: 'message_action',
      ...common(world, user),
      callback_id: callbackId,
      action_ts: String(world.clock.now() / 1000),
      message_ts: message.ts,
      message: wireMessage(message),
      channel: { id: channel.id, name: channel.name },
      response_url: responseUrl,
    },
  };
}

/** Something typed into a picker of a view whose entries the app knows. */
export function toSuggestion(
  user: SlackUser,
  view: SlackView,
  { block_id: block, element }: Json,
  typed: string,
): Parcel {
  return {
    kind: 'interactive',
    payload: {
      type: 'block_suggestion',
      api_app_id: APP.id,
      token: 'verification-token',
      team: { id: user.team, domain: user.team.toLowerCase() },
      user: { id: user.id, name: user.name, team_id: user.team },
      container: { type: 'view', view_id: view.id },
      view: wireView(view),
      block_id: block,
      action_id: objectOf(element)['action_id'],
      value: typed,
    },
  };
}
