import type { AuthorizeResult, Logger } from '@slack/bolt';
import {
  createChanges,
  patiently,
  type CommandDefinition,
  type Inbox,
  type Log,
} from '../core/index.ts';
import { originOf, tenantAsking } from './arrival.ts';
import type { CommandParts } from './ask.ts';
import { handleCommands } from './commands.ts';
import { createConnection, type Connection } from './connection.ts';
import { toSetback } from './errors.ts';
import { handleForms, refuseForm } from './form-events.ts';
import { createHealth } from './health.ts';
import { handleHome } from './home.ts';
import { openInstalls, type Installs } from './installs/index.ts';
import { Intake } from './intake.ts';
import { handleLinks } from './links.ts';
import { toBoltLogger } from './logger.ts';
import { createCatchUp } from './missed-reactions.ts';
import { createPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createPoster, type Poster } from './post.ts';
import { handlePresence } from './presence.ts';
import { createReadBack } from './read-back.ts';
import { handleReactions } from './reactions.ts';
import { fetchWithin } from './respond.ts';
import { LOOK_MS, PACE_MS, SLACK, TIMEOUT_MS, type SlackSettings } from './settings.ts';
import { createTurns } from './turns.ts';
import { clientOptions, singleWorkspace, type Workspaces } from './workspaces.ts';

/** The bot while it runs. */
export interface Session {
  readonly inbox: Inbox;
  readonly workspaces: Workspaces;
  readonly poster: Poster;
  readonly connection: Connection;
  readonly log: Log;
  /** Takes no more, and resolves once what has come in is dealt with. */
  close(): Promise<void>;
}

/** Slack itself repeats what it could not deliver, at once and after a minute. */
const LONG_AWAY_MS = 60_000;

/** How many messages are remembered for having changed of late. */
const LIVELY = 1000;

const HANDLERS = [
  handleCommands,
  handleForms,
  handleHome,
  handleLinks,
  handleReactions,
  handlePresence,
];

/** Connects, and deals with what Slack sends until the session is closed. */
export async function openSession(
  settings: SlackSettings,
  inbox: Inbox,
  definitions: readonly CommandDefinition[],
  signal: AbortSignal,
): Promise<Session> {
  const { log, clock, paceMs = PACE_MS, lookMs = LOOK_MS } = settings;
  const logger = toBoltLogger(log);
  const { workspaces, installer } = await openWorkspaces(settings, inbox, logger, signal);
  const connection = createConnection(settings, logger, installer);
  const now = () => performance.now();
  const turns = createTurns(createPace(paceMs, now), createHealth(workspaces, log), now);
  const poster = createPoster(workspaces, turns, createReadBack(turns, clock));
  const people = createPeople(settings);
  const shared = { inbox, workspaces, poster, turns, people, definitions, log };
  const parts = { ...shared, changes: createChanges(LIVELY), late: { count: 0 } };
  const app = createApp(settings, connection, parts);
  for (const handle of HANDLERS) handle(app, parts);
  const missed = createCatchUp({ ...parts, clock, lookMs });
  const close = async () => {
    await connection.close();
    missed.stop();
    await app.settle();
  };
  try {
    for (const { team } of workspaces.all()) await inbox.joined({ platform: SLACK, tenant: team });
    await app.resume();
    await connection.open(signal);
    missed.begin();
    connection.onReturn?.((awayMs) => {
      if (awayMs > LONG_AWAY_MS) missed.begin();
    });
    return { inbox, workspaces, poster, connection, log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openWorkspaces(
  settings: SlackSettings,
  inbox: Inbox,
  logger: Logger,
  signal: AbortSignal,
): Promise<Pick<Session, 'workspaces'> & Partial<Installs>> {
  const { oauth, log } = settings;
  if (oauth !== undefined) return openInstalls({ ...settings, oauth }, inbox, logger);
  const patience = { service: 'Slack', read: toSetback, log, signal };
  return { workspaces: await patiently(() => singleWorkspace(settings, logger), patience) };
}

function createApp(settings: SlackSettings, connection: Connection, parts: CommandParts): Intake {
  const { log, clock, retryMs, timeoutMs = TIMEOUT_MS } = settings;
  const { inbox, workspaces } = parts;
  const logger = toBoltLogger(log);
  return new Intake(
    {
      receiver: connection.receiver,
      authorize: (_source, body) => Promise.resolve(authorize(workspaces, body)),
      clientOptions: { ...clientOptions(settings, logger), fetch: fetchWithin(timeoutMs) },
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
      retryMs,
      closingMs: timeoutMs,
      refuse: (body) => refuseForm(parts, body),
      ...(connection.check !== undefined && { check: connection.check }),
    },
  );
}

/** Whose install it is for was decided as it arrived, since Bolt knows one per channel at most. */
function authorize(workspaces: Workspaces, body: object | undefined): AuthorizeResult {
  const given = { ...body };
  const tenant = originOf(given, workspaces)?.tenant ?? tenantAsking(given) ?? '';
  const workspace = workspaces.get(tenant);
  if (workspace === undefined) throw new Error('The bot is not in that workspace');
  // No token: a handler that used Bolt's own client would pass by the workspace's.
  return { teamId: tenant, botId: workspace.botId, botUserId: workspace.botUser };
}
