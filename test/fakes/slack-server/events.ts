import type { Parcel } from './delivery.ts';
import { objectOf, textOf, type Json } from './json.ts';
import { APP, nextId, type Install, type World } from './world.ts';

export interface EventPlace {
  /** The workspace whose install the event is for. */
  readonly install: Install;
  /** Where it happened, when that is another workspace (Slack Connect). */
  readonly happenedIn?: string;
  /** To send the same event again. */
  readonly id?: string;
}

/** An event as the Events API wraps it: https://docs.slack.dev/apis/events-api#callback-field */
export function toEvent(
  world: World,
  event: Json,
  { install, happenedIn, id }: EventPlace,
): Parcel {
  const team = happenedIn ?? install.team;
  return {
    kind: 'events_api',
    payload: {
      token: 'verification-token',
      team_id: team,
      context_team_id: team,
      context_enterprise_id: null,
      api_app_id: APP.id,
      event: { ...event, event_ts: String(world.clock.now() / 1000) },
      type: 'event_callback',
      event_id: id ?? nextId(world, 'Ev'),
      event_time: Math.floor(world.clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: install.team,
          user_id: install.botUser,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: team !== install.team || isShared(world, event),
    },
  };
}

function isShared(world: World, event: Json): boolean {
  const channel = textOf(event['channel']) || textOf(objectOf(event['item'])['channel']);
  return (world.channels.get(channel)?.teams.size ?? 1) > 1;
}
