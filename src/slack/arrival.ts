import { z } from 'zod';
import type { Arrival } from '../core/index.ts';
import { isPasted } from './pasted.ts';
import { CONTROL } from './render/controls.ts';
import { SLACK } from './settings.ts';
import type { Workspaces } from './workspaces.ts';

/** The events that mean something to us; the app's manifest asks for no others. */
export const EVENTS: ReadonlySet<string> = new Set([
  'reaction_added',
  'reaction_removed',
  'app_home_opened',
  'link_shared',
  'app_uninstalled',
  'tokens_revoked',
  'member_joined_channel',
  'member_left_channel',
  'channel_archive',
  'channel_unarchive',
  'channel_deleted',
  'group_archive',
  'group_unarchive',
  'group_deleted',
]);

const Event = z.object({
  event_id: z.string(),
  team_id: z.string().exactOptional(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).exactOptional(),
  event: z.object({
    type: z.string(),
    user: z.unknown().optional(),
    item_user: z.string().exactOptional(),
  }),
});

const Command = z.object({ command: z.string(), trigger_id: z.string(), team_id: z.string() });

const Interaction = z.object({
  type: z.enum(['block_actions', 'message_action', 'view_submission']),
  trigger_id: z.string(),
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ team_id: z.string().exactOptional() }),
  message: z.object({ user: z.string().exactOptional() }).exactOptional(),
  view: z.object({ app_installed_team_id: z.string().exactOptional() }).exactOptional(),
  actions: z.array(z.object({ action_id: z.string() })).exactOptional(),
});

type Body = Readonly<Record<string, unknown>>;

/** What Slack sent, where it is for us to deal with; undefined for all else. */
export function toArrival(body: Body, workspaces: Workspaces): Arrival | undefined {
  const found = originOf(body, workspaces);
  if (found === undefined) return undefined;
  // The verification token is of no use, and is no business of our database.
  return { platform: SLACK, ...found, content: JSON.stringify({ ...body, token: undefined }) };
}

/** Which of our workspaces it is for, and its id there. */
export function originOf(body: Body, workspaces: Workspaces): Origin | undefined {
  const found =
    'event' in body ? event(body, workspaces) : (command(body) ?? interaction(body, workspaces));
  return found && workspaces.get(found.tenant) && found;
}

const Question = z.object({
  type: z.literal('block_suggestion'),
  team: z.object({ id: z.string() }),
});

/** The workspace that waits for what we know, so that there is nothing to write down. */
export function tenantAsking(body: Body): string | undefined {
  if (body['type'] !== 'block_suggestion') return undefined;
  return Question.safeParse(body).data?.team.id;
}

type Origin = Pick<Arrival, 'id' | 'tenant'>;

function event(body: Body, workspaces: Workspaces): Origin | undefined {
  // Most events are foreign ones, so the cheap questions come first.
  const { type, item_user: author } = (body['event'] ?? {}) as {
    type?: unknown;
    item_user?: unknown;
  };
  if (!EVENTS.has(String(type))) return undefined;
  const isReaction = type === 'reaction_added' || type === 'reaction_removed';
  const posted = isReaction ? workspaces.ofBot(String(author)) : undefined;
  if (isReaction && posted === undefined) return undefined;
  if (type === 'link_shared' && !isPasted(body['event'])) return undefined;
  const parsed = Event.safeParse(body).data;
  if (parsed === undefined) return undefined;
  if (isReaction && workspaces.ofBot(String(parsed.event.user)) !== undefined) return undefined;
  // Whose install it is for; in a shared channel the top-level team may be another one, and with
  // two installs in it so may the authorization.
  const tenant = posted?.team ?? parsed.authorizations?.[0]?.team_id ?? parsed.team_id;
  return tenant === undefined ? undefined : { id: parsed.event_id, tenant };
}

function command(body: Body): Origin | undefined {
  const parsed = Command.safeParse(body).data;
  return parsed && { id: parsed.trigger_id, tenant: parsed.team_id };
}

/** For the install of the acting person's own workspace; without one, for that of the message. */
function interaction(body: Body, workspaces: Workspaces): Origin | undefined {
  const parsed = Interaction.safeParse(body).data;
  if (parsed === undefined) return undefined;
  const { trigger_id: id, team, user, view, actions, message } = parsed;
  const isOurs = actions?.every(({ action_id: name }) => name.startsWith(CONTROL)) ?? true;
  const author = workspaces.ofBot(message?.user ?? '')?.team;
  const tenant = [view?.app_installed_team_id, team?.id, user.team_id, author].find(
    (each) => each !== undefined && workspaces.get(each) !== undefined,
  );
  return isOurs && tenant !== undefined ? { id, tenant } : undefined;
}
