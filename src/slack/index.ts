import { DeliveryError } from '../core/index.ts';
import type { ChatPlatform, CommandDefinition, Inbox } from '../core/index.ts';
import { handleCommands } from './commands.ts';
import { createConnection, type Connection } from './connection.ts';
import { isRemoval } from './errors.ts';
import { Intake } from './intake.ts';
import { toBoltLogger } from './logger.ts';
import { createPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createPoster, type Poster } from './post.ts';
import { handlePresence } from './presence.ts';
import { handleReactions } from './reactions.ts';
import { PACE_MS, SLACK, type SlackSettings } from './settings.ts';
import { tell } from './tell.ts';
import { createTurns } from './turns.ts';
import { clientOptions, singleWorkspace, type Workspaces } from './workspaces.ts';

interface Running {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly poster: Poster;
  readonly connection: Connection;
  readonly app: Intake;
}

/** Slack, by Socket Mode or HTTP. Nothing connects before `start`. */
export function createSlack(settings: SlackSettings): ChatPlatform {
  let running: Running | undefined;

  function current(): Running {
    if (running === undefined) throw new DeliveryError('unavailable', 'Slack is not connected.');
    return running;
  }

  /** A workspace that has removed the bot is one that it has left, whoever finds out first. */
  async function noticing<Result>(tenant: string, work: Promise<Result>): Promise<Result> {
    const { inbox, workspaces } = current();
    return work.catch(async (error: unknown) => {
      if (isRemoval(error)) {
        workspaces.drop(tenant);
        await inbox.left({ platform: SLACK, tenant });
      }
      throw error;
    });
  }

  return {
    id: SLACK,
    describe: () => describe(current()),
    async start(inbox, definitions) {
      running = await connect(settings, inbox, definitions);
    },
    async post(channel, message, options) {
      const posting = current().poster.post(channel, message, options);
      const [first] = await noticing(channel.tenant, posting);
      if (first !== undefined) return first.ref;
      throw new DeliveryError('rejected', 'The message is empty.');
    },
    update: async (ref, message) => noticing(ref.tenant, current().poster.update(ref, message)),
    tell: async (reader, about, message, key) =>
      noticing(about.tenant, tell(current(), reader, about, message, key)),
    async stop() {
      const stopping = running;
      running = undefined;
      await stopping?.connection.close();
      await stopping?.app.settle();
    },
  };
}

async function connect(
  settings: SlackSettings,
  inbox: Inbox,
  definitions: readonly CommandDefinition[],
): Promise<Running> {
  const { log, paceMs = PACE_MS } = settings;
  const logger = toBoltLogger(log);
  const workspaces = await singleWorkspace(settings, logger);
  const connection = createConnection(settings, logger);
  const now = () => performance.now();
  const turns = createTurns(createPace(paceMs, now), now);
  const poster = createPoster(workspaces, turns);
  const app = createApp(settings, { inbox, workspaces, connection });
  const people = createPeople(settings);
  const parts = { inbox, workspaces, poster, turns, people, definitions, log };
  handleCommands(app, parts);
  handleReactions(app, parts);
  handlePresence(app, parts);
  await connection.open();
  try {
    for (const { team } of workspaces.all()) await inbox.joined({ platform: SLACK, tenant: team });
    await app.resume();
    return { inbox, workspaces, poster, connection, app };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function createApp(
  settings: SlackSettings,
  { inbox, workspaces, connection }: Pick<Running, 'inbox' | 'workspaces' | 'connection'>,
): Intake {
  const { log, clock } = settings;
  const logger = toBoltLogger(log);
  return new Intake(
    {
      receiver: connection.receiver,
      authorize: ({ teamId = '' }) => authorize(workspaces, teamId),
      clientOptions: clientOptions(settings, logger),
      convoStore: false,
      // What is our own doing is left out before it is written down; Bolt would leave out that we
      // were removed as well.
      ignoreSelf: false,
      logger,
    },
    {
      journal: inbox.journal,
      workspaces,
      clock,
      log,
      ...(connection.check !== undefined && { check: connection.check }),
    },
  );
}

async function authorize(workspaces: Workspaces, teamId: string) {
  const workspace = workspaces.get(teamId);
  if (workspace === undefined) throw new Error('The bot is not in that workspace');
  const { botToken, botId, botUser: botUserId } = workspace;
  return Promise.resolve({ botToken, botId, botUserId, teamId });
}

function describe({ workspaces, connection }: Running): string {
  const names = workspaces.all().map(({ name }) => name);
  const where =
    names.length === 1 ? `the workspace ${names[0] ?? ''}` : `${names.length} workspaces`;
  return `Slack, in ${where} (${connection.describe()})`;
}
