import { webApi, type Logger } from '@slack/bolt';
import type { ChannelRef, Installations } from '../core/index.ts';
import { toStartError } from './errors.ts';
import { examineInstalls } from './installs/examine.ts';
import { toBoltLogger } from './logger.ts';
import { missingScopes, problemsIn, toScopeAdvice } from './problems.ts';
import { SLACK, type Finding, type SlackSettings } from './settings.ts';
import { clientOptions, singleWorkspace, type Workspace, type Workspaces } from './workspaces.ts';

/** Looks at the tokens, the scopes, and the channels that want digests. Nothing is posted. */
export async function examine(
  settings: SlackSettings,
  channels: readonly ChannelRef[],
  installations: Installations,
): Promise<readonly Finding[]> {
  const logger = toBoltLogger(settings.log);
  const findings = await examineWay(settings, logger);
  try {
    const { workspaces, findings: more } = await open(settings, installations, logger);
    findings.push(...more);
    for (const each of workspaces.all()) findings.push(...(await examineWorkspace(each)));
    for (const ref of channels.filter(({ platform }) => platform === SLACK)) {
      findings.push(await examineChannel(workspaces, ref));
    }
  } catch (error) {
    findings.push(bad(error));
  }
  return findings;
}

async function open(settings: SlackSettings, installations: Installations, logger: Logger) {
  const { oauth } = settings;
  if (oauth === undefined) {
    return { workspaces: await singleWorkspace(settings, logger), findings: [] };
  }
  const options = clientOptions(settings, logger);
  return examineInstalls({ ...settings, oauth }, installations, options);
}

/** How Slack reaches us. */
async function examineWay(settings: SlackSettings, logger: Logger): Promise<Finding[]> {
  const { appToken, signingSecret, oauth, port } = settings;
  if (appToken === undefined) {
    if (signingSecret === undefined) return [{ ok: false, text: NO_WAY }];
    const at = oauth?.address ?? 'an address of yours';
    const text = `Slack sends signed requests: ${at}, path /slack/events, must lead to port ${port}.`;
    return [{ ok: true, text }];
  }
  try {
    await new webApi.WebClient(appToken, clientOptions(settings, logger)).apps.connections.open({});
    return [{ ok: true, text: 'Slack takes the app token for Socket Mode.' }];
  } catch (error) {
    return [bad(toStartError(error, 'SLACK_APP_TOKEN'))];
  }
}

const NO_WAY =
  'Slack has no way to reach Paperboy: set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET.';

async function examineWorkspace({ client, name, team }: Workspace): Promise<Finding[]> {
  try {
    const { response_metadata: told } = await client.auth.test();
    const missing = missingScopes(told?.scopes);
    return [
      { ok: true, text: `Slack knows the bot in the workspace ${name} (${team}).` },
      ...missing.map((scope) => ({ ok: false, text: `${name}: ${toScopeAdvice(scope)}` })),
    ];
  } catch (error) {
    const { message } = toStartError(error, `the token of ${name}`);
    return [{ ok: false, text: message }];
  }
}

async function examineChannel(workspaces: Workspaces, ref: ChannelRef): Promise<Finding> {
  const wrong = await problemsIn(workspaces, ref);
  // What the whole workspace lacks was said of the workspace.
  const own = wrong.filter((text) => !text.startsWith('The scope '));
  const text = own.length === 0 ? 'digests can be posted.' : own.join(' ');
  return { ok: own.length === 0, text: `Channel ${ref.channel}: ${text}` };
}

function bad(error: unknown): Finding {
  return { ok: false, text: error instanceof Error ? error.message : String(error) };
}
