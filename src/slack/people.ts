import { messageOf, type Clock, type DeliveryError, type Log } from '../core/index.ts';
import { isDirect } from './direct.ts';
import { toDeliveryError } from './errors.ts';
import type { SlackSettings } from './settings.ts';
import type { Workspace } from './workspaces.ts';

/** What Slack tells of a person. */
interface Person {
  /** Their own workspace, which in a shared channel may be another than ours. */
  readonly team?: string;
  readonly timezone?: string;
  readonly isAdmin: boolean;
  /** Why Slack told nothing. */
  readonly failure?: DeliveryError;
}

export interface People {
  get(workspace: Workspace, user: string): Promise<Person>;
  /** Whether the person may change the channel's digest. */
  mayManage(workspace: Workspace, user: string, channel: string): Promise<boolean>;
}

/** People move and are promoted, though not often. */
const KEEP_MS = 3_600_000;
const MOST_KEPT = 5000;

/** Asks Slack about people, at most once an hour for each. What can't be had is left out. */
export function createPeople({
  managers,
  clock,
  log,
}: Pick<SlackSettings, 'managers'> & { clock: Clock; log: Log }): People {
  const kept = new Map<string, { readonly until: number; readonly person: Promise<Person> }>();

  function get(workspace: Workspace, user: string): Promise<Person> {
    const key = `${workspace.team}|${user}`;
    const now = clock().getTime();
    const found = kept.get(key);
    if (found !== undefined && found.until > now) return found.person;
    if (kept.size >= MOST_KEPT) kept.clear();
    const person = ask(workspace, user).catch((error: unknown) => {
      kept.delete(key);
      log.warn({ detail: messageOf(error) }, 'Slack told nothing about a person');
      return { isAdmin: false, failure: toDeliveryError(error) };
    });
    kept.set(key, { until: now + KEEP_MS, person });
    return person;
  }

  return {
    get,
    async mayManage(workspace, user, channel) {
      if (managers === 'everyone') return true;
      const { team = workspace.team, isAdmin } = await get(workspace, user);
      // In a shared channel an admin of another workspace is no admin here.
      if (team !== workspace.team) return false;
      if (isAdmin) return true;
      return isOwn(workspace, user, channel).catch((error: unknown) => {
        log.warn({ detail: messageOf(error) }, 'Slack told nothing about a channel');
        return false;
      });
    },
  };
}

async function ask({ client }: Workspace, user: string): Promise<Person> {
  const { user: found } = await client.users.info({ user });
  const { tz, team_id: team, is_admin: isAdmin, is_owner: isOwner } = found ?? {};
  return {
    ...(team !== undefined && { team }),
    ...(tz !== undefined && { timezone: tz }),
    isAdmin: isAdmin === true || isOwner === true,
  };
}

/** A channel is managed by who made it; a direct message, whose id tells it, by who is in it. */
async function isOwn({ client }: Workspace, user: string, channel: string): Promise<boolean> {
  if (isDirect(channel)) return true;
  const { channel: found } = await client.conversations.info({ channel });
  return found?.creator === user;
}
