import { webApi } from '@slack/bolt';
import type { Installations } from '../../core/index.ts';
import type { Finding, OAuthSettings, SlackSettings } from '../settings.ts';
import { createWorkspaces, type Workspaces } from '../workspaces.ts';
import { createCabinet, UNREADABLE } from './cabinet.ts';
import type { Install } from './install.ts';
import { installPage } from './installer.ts';
import { createSeal } from './seal.ts';

/**
 * The workspaces as they are kept, and what is wrong with how they are. No token is renewed: that
 * would take it from the bot that runs.
 */
export async function examineInstalls(
  settings: SlackSettings & { readonly oauth: OAuthSettings },
  installations: Installations,
  options: webApi.WebClientOptions,
): Promise<{ readonly workspaces: Workspaces; readonly findings: readonly Finding[] }> {
  const { oauth, clock } = settings;
  const cabinet = createCabinet(installations, createSeal(oauth.encryptionKeys));
  const { installs, unreadable } = await cabinet.load();
  const isOver = ({ expiresAt = Infinity }: Install) => expiresAt <= clock().getTime();
  const where = installPage(oauth) ?? 'its page /slack/install';
  const findings = [
    { ok: true, text: `${installs.length} workspaces have installed Paperboy at ${where}.` },
    ...unreadable.map(({ tenant, detail }) => bad(`${tenant}: ${UNREADABLE}. (${detail}.)`)),
    ...installs
      .filter(
        ({ expiresAt, refreshToken }) => expiresAt !== undefined && refreshToken === undefined,
      )
      .map(({ name }) => bad(`${name} has to install Paperboy again at ${where}.`)),
  ];
  const workspaces = installs
    .filter((install) => !isOver(install))
    .map(({ botToken, ...rest }) => ({ ...rest, client: new webApi.WebClient(botToken, options) }));
  return { workspaces: createWorkspaces(workspaces, settings.log), findings };
}

function bad(text: string): Finding {
  return { ok: false, text };
}
