import { DeliveryError, type ChatPlatform } from '../core/index.ts';
import { isRemoval } from './errors.ts';
import { installPage } from './installs/installer.ts';
import { leaveWorkspace } from './presence.ts';
import { problemsIn } from './problems.ts';
import { openSession, type Session } from './session.ts';
import { SLACK, type SlackSettings } from './settings.ts';
import { tell } from './tell.ts';

/** Slack, by Socket Mode or HTTP. Nothing connects before `start`. */
export function createSlack(settings: SlackSettings): ChatPlatform {
  let running: Session | undefined;
  let stopping = new AbortController();

  function current(): Session {
    if (running === undefined) throw new DeliveryError('unavailable', 'Slack is not connected.');
    return running;
  }

  return {
    id: SLACK,
    name: 'Slack',
    describe: () => describe(current(), settings),
    async start(inbox, definitions) {
      stopping = new AbortController();
      running = await openSession(settings, inbox, definitions, stopping.signal);
    },
    async post(channel, message, options) {
      const now = current();
      const posting = now.poster.post(channel, message, options);
      const [first] = await noticing(now, channel.tenant, posting);
      if (first !== undefined) return first.ref;
      throw new DeliveryError('rejected', 'The message is empty.');
    },
    async update(ref, message, before) {
      const now = current();
      return noticing(now, ref.tenant, now.poster.update(ref, message, before));
    },
    async tell(reader, about, message, key) {
      const now = current();
      return noticing(now, about.tenant, tell(now, reader, about, message, key));
    },
    problems: async (channel) => problemsIn(current().workspaces, channel),
    async stop() {
      stopping.abort();
      const closing = running;
      running = undefined;
      await closing?.close();
    },
  };
}

/**
 * A workspace that has removed the bot is one that it has left, whoever finds out first; unless it
 * has installed the bot again since the call began.
 */
async function noticing<Result>(
  session: Session,
  tenant: string,
  work: Promise<Result>,
): Promise<Result> {
  const asked = session.workspaces.get(tenant);
  return work.catch(async (error: unknown) => {
    // What can't be noted now is noted when Slack says it again, or to the next call.
    if (isRemoval(error) && session.workspaces.get(tenant) === asked) {
      await leaveWorkspace(session, tenant).catch((failure: unknown) => {
        session.log.error({ tenant, err: failure }, 'that the bot was removed could not be noted');
      });
    }
    throw error;
  });
}

function describe({ workspaces, connection }: Session, { oauth }: SlackSettings): string {
  const names = workspaces.all().map(({ name }) => name);
  const where =
    names.length === 1 ? `the workspace ${names[0] ?? ''}` : `${names.length || 'no'} workspaces`;
  const page = oauth && `; workspaces install it at ${installPage(oauth) ?? 'its /slack/install'}`;
  return `Slack, in ${where} (${connection.describe()}${page ?? ''})`;
}
