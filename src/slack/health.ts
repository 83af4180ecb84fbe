import { DeliveryError, type Log } from '../core/index.ts';
import { isTokenRefused } from './errors.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

/** Keeps us from sending with a token that Slack has refused, until a person has acted. */
export interface Health {
  /**
   * Does a workspace's work. Rejects with `DeliveryError`, without doing it, once its token is
   * refused; a new install has a new one.
   */
  guard<Result>(tenant: string, work: () => Promise<Result>): Promise<Result>;
}

export function createHealth(workspaces: Workspaces, log: Log): Health {
  const refused = new WeakSet<Workspace>();
  return {
    async guard(tenant, work) {
      const workspace = workspaces.get(tenant);
      if (workspace === undefined) return work();
      if (refused.has(workspace)) throw new DeliveryError('unavailable', adviceFor(workspace));
      return work().catch((error: unknown) => {
        if (isTokenRefused(error) && !refused.has(workspace)) {
          refused.add(workspace);
          log.error({ tenant }, `page the operator: ${adviceFor(workspace)}`);
        }
        throw error;
      });
    },
  };
}

function adviceFor({ name, installedAt }: Workspace): string {
  const what = `Slack refuses the bot’s token of the workspace ${name}, so nothing is sent there`;
  return installedAt === undefined
    ? `${what}: set a new SLACK_BOT_TOKEN, and start Paperboy again.`
    : `${what}: it has to install Paperboy again.`;
}
