import type { AuthorizeResult, Logger } from '@slack/bolt';
import { DeliveryError } from '../core/index.ts';
import type { ChatPlatform, CommandDefinition, Inbox } from '../core/index.ts';
import { toArrival, tenantAsking } from './arrival.ts';
import type { CommandParts } from './ask.ts';
import { handleCommands } from './commands.ts';
import { createConnection, type Connection } from './connection.ts';
import { isRemoval } from './errors.ts';
import { handleForms, refuseForm } from './form-events.ts';
import { handleHome } from './home.ts';
import { openInstalls, type Installs } from './installs/index.ts';
import { installPage } from './installs/installer.ts';
import { Intake } from './intake.ts';
import { handleLinks } from './links.ts';
import { toBoltLogger } from './logger.ts';
import { createCatchUp, type CatchUp } from './missed-reactions.ts';
import { createPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createPoster, type Poster } from './post.ts';
import { handlePresence } from './presence.ts';
import { problemsIn } from './problems.ts';
import { handleReactions } from './reactions.ts';
import { LOOK_MS, PACE_MS, SLACK, type SlackSettings } from './settings.ts';
import { tell } from './tell.ts';
import { createTurns } from './turns.ts';
import { clientOptions, singleWorkspace, type Workspaces } from './workspaces.ts';

interface Running {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly poster: Poster;
  readonly connection: Connection;
  readonly app: Intake;
  readonly missed: CatchUp;
}

/** Slack itself repeats what it could not deliver, at once and after a minute. */
const LONG_AWAY_MS = 60_000;

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
        await workspaces.drop(tenant);
        await inbox.left({ platform: SLACK, tenant });
      }
      throw error;
    });
  }

  return {
    id: SLACK,
    describe: () => describe(current(), settings),
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
    problems: async (channel) => problemsIn(current().workspaces, channel),
    async stop() {
      const stopping = running;
      running = undefined;
      if (stopping !== undefined) await close(stopping);
    },
  };
}

async function openWorkspaces(
  settings: SlackSettings,
  inbox: Inbox,
  logger: Logger,
): Promise<Pick<Running, 'workspaces'> & Partial<Installs>> {
  const { oauth } = settings;
  return oauth === undefined
    ? { workspaces: await singleWorkspace(settings, logger) }
    : openInstalls({ ...settings, oauth }, inbox, logger);
}

async function connect(
  settings: SlackSettings,
  inbox: Inbox,
  definitions: readonly CommandDefinition[],
): Promise<Running> {
  const { log, clock, paceMs = PACE_MS, lookMs = LOOK_MS } = settings;
  const logger = toBoltLogger(log);
  const { workspaces, installer } = await openWorkspaces(settings, inbox, logger);
  const connection = createConnection(settings, logger, installer);
  const now = () => performance.now();
  const turns = createTurns(createPace(paceMs, now), now);
  const poster = createPoster(workspaces, turns);
  const people = createPeople(settings);
  const parts = { inbox, workspaces, poster, turns, people, definitions, log };
  const app = createApp(settings, connection, parts);
  handleCommands(app, parts);
  handleForms(app, parts);
  handleHome(app, parts);
  handleLinks(app, parts);
  handleReactions(app, parts);
  handlePresence(app, parts);
  await connection.open();
  try {
    for (const { team } of workspaces.all()) await inbox.joined({ platform: SLACK, tenant: team });
    await app.resume();
    const missed = createCatchUp({ ...parts, clock, lookMs });
    missed.begin();
    connection.onReturn?.((awayMs) => {
      if (awayMs > LONG_AWAY_MS) missed.begin();
    });
    return { inbox, workspaces, poster, connection, app, missed };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function close({ connection, missed, app }: Running): Promise<void> {
  await connection.close();
  missed.stop();
  await app.settle();
}

function createApp(settings: SlackSettings, connection: Connection, parts: CommandParts): Intake {
  const { log, clock } = settings;
  const { inbox, workspaces } = parts;
  const logger = toBoltLogger(log);
  return new Intake(
    {
      receiver: connection.receiver,
      authorize: (_source, body) => Promise.resolve(authorize(workspaces, body)),
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
      refuse: (body) => refuseForm(parts, body),
      ...(connection.check !== undefined && { check: connection.check }),
    },
  );
}

/** Whose install it is for was decided as it arrived, since Bolt knows one per channel at most. */
function authorize(workspaces: Workspaces, body: object | undefined): AuthorizeResult {
  const given = { ...body };
  const tenant = toArrival(given, workspaces)?.tenant ?? tenantAsking(given) ?? '';
  const workspace = workspaces.get(tenant);
  if (workspace === undefined) throw new Error('The bot is not in that workspace');
  // No token: a handler that used Bolt's own client would pass by the workspace's.
  return { teamId: tenant, botId: workspace.botId, botUserId: workspace.botUser };
}

function describe({ workspaces, connection }: Running, { oauth }: SlackSettings): string {
  const names = workspaces.all().map(({ name }) => name);
  const where =
    names.length === 1 ? `the workspace ${names[0] ?? ''}` : `${names.length || 'no'} workspaces`;
  const page = oauth && `; workspaces install it at ${installPage(oauth) ?? 'its /slack/install'}`;
  return `Slack, in ${where} (${connection.describe()}${page ?? ''})`;
}
