import { webApi, type Installation as BoltInstallation, type Logger } from '@slack/bolt';
import { messageOf, type Inbox } from '../../core/index.ts';
import { SLACK, type OAuthSettings, type SlackSettings } from '../settings.ts';
import { clientOptions, createWorkspaces, type Workspace, type Workspaces } from '../workspaces.ts';
import { askToInstallAgain } from './again.ts';
import { createCabinet, UNREADABLE, type Cabinet } from './cabinet.ts';
import { TenantClient } from './client.ts';
import { toInstall, type Install } from './install.ts';
import { createInstaller, installPage, type InstallerOptions } from './installer.ts';
import { createSeal } from './seal.ts';
import { RotatingTokens, type Tokens } from './tokens.ts';

export interface Installs {
  readonly workspaces: Workspaces;
  /** For Bolt's receiver. */
  readonly installer: InstallerOptions;
}

type Settings = SlackSettings & { readonly oauth: OAuthSettings };
type Kept = Pick<Inbox, 'installations' | 'joined' | 'left' | 'tenants'>;

/** The workspaces that have installed the app by themselves, and the page where more do. */
export async function openInstalls(
  settings: Settings,
  inbox: Kept,
  logger: Logger,
): Promise<Installs> {
  const { oauth, clock, log } = settings;
  const cabinet = createCabinet(inbox.installations, createSeal(oauth.encryptionKeys));
  const tokens = new Map<string, Tokens>();
  const retire = (team: string) => tokens.get(team)?.retire();
  const workspaces = createWorkspaces([], log, async (team) => {
    retire(team);
    await cabinet.forget(team);
  });
  const serve = (install: Install) => {
    retire(install.team);
    const live = toTokens(settings, cabinet, logger, install);
    tokens.set(install.team, live.tokens);
    workspaces.put(live.workspace);
  };
  const { installs, outdated, unreadable } = await cabinet.load();
  for (const each of unreadable) log.error(each, `page the operator: ${UNREADABLE}`);
  for (const install of outdated) await cabinet.save(install);
  for (const install of installs) serve(install);
  await noteGone(
    inbox,
    new Set([...installs.map(({ team }) => team), ...unreadable.map(({ tenant }) => tenant)]),
  );
  const store = async (given: BoltInstallation) => {
    const install = toInstall(given, clock());
    // It serves last, so that one which serves has nothing of a departure left.
    await inbox.joined({ platform: SLACK, tenant: install.team });
    await cabinet.save(install);
    serve(install);
    log.info({ tenant: install.team }, 'a workspace has installed Paperboy');
  };
  return { workspaces, installer: createInstaller(settings, logger, store) };
}

/** What is kept of workspaces that no install is left of goes as if Slack had just told us. */
async function noteGone(inbox: Kept, installed: ReadonlySet<string>): Promise<void> {
  for (const tenant of await inbox.tenants(SLACK)) {
    if (!installed.has(tenant)) await inbox.left({ platform: SLACK, tenant });
  }
}

function toTokens(
  settings: Settings,
  cabinet: Cabinet,
  logger: Logger,
  install: Install,
): { readonly tokens: Tokens; readonly workspace: Workspace } {
  const { oauth, clock, log } = settings;
  const options = clientOptions(settings, logger);
  const tokens = new RotatingTokens(install, {
    ...oauth,
    oauth: new webApi.WebClient(undefined, options).oauth.v2,
    clock,
    log,
    save: (renewed) => cabinet.save(renewed),
    ended: (last) => {
      askToInstallAgain(client, last, installPage(oauth)).catch((error: unknown) => {
        log.warn({ tenant: last.team, detail: messageOf(error) }, 'nobody could be asked');
      });
    },
  });
  const client = new TenantClient(tokens, options);
  const { team, name, botUser, botId, installedAt } = install;
  return { tokens, workspace: { team, name, botUser, botId, client, installedAt } };
}
