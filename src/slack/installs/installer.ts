import { createHmac } from 'node:crypto';
import type { HTTPReceiverOptions, Installation as BoltInstallation, Logger } from '@slack/bolt';
import { messageOf } from '../../core/index.ts';
import { slackErrorOf } from '../errors.ts';
import { SCOPES } from '../scopes.ts';
import type { OAuthSettings, SlackSettings } from '../settings.ts';
import { clientOptions } from '../workspaces.ts';
import { sendPage, setHeaders, toHtml, type Page } from './pages.ts';

const INSTALL_PATH = '/slack/install';
const REDIRECT_PATH = '/slack/oauth_redirect';

/** Where people install the app; undefined where nobody said how we are reached. */
export function installPage({ address }: OAuthSettings): string | undefined {
  return address === undefined ? undefined : `${address}${INSTALL_PATH}`;
}

/** What makes Bolt's receiver serve the install page. */
export type InstallerOptions = Pick<
  HTTPReceiverOptions,
  | 'clientId'
  | 'clientSecret'
  | 'stateSecret'
  | 'scopes'
  | 'redirectUri'
  | 'installationStore'
  | 'installerOptions'
>;

/**
 * Bolt's own installer, with our pages: it binds the state to the browser by a cookie, and signs it
 * for ten minutes. `store` is called with what Slack gave.
 */
export function createInstaller(
  settings: SlackSettings & { readonly oauth: OAuthSettings },
  logger: Logger,
  store: (given: BoltInstallation) => Promise<void>,
): InstallerOptions {
  const { oauth, apiUrl, log } = settings;
  const { clientId, clientSecret, address, encryptionKeys } = oauth;
  return {
    clientId,
    clientSecret,
    stateSecret: stateSecretOf(encryptionKeys),
    scopes: Object.keys(SCOPES),
    ...(address !== undefined && { redirectUri: `${address}${REDIRECT_PATH}` }),
    installationStore: {
      storeInstallation: (given) =>
        store(given).catch((error: unknown) => {
          log.error({ tenant: given.team?.id, err: error }, 'an install could not be kept');
          throw new NotKept(error);
        }),
      // Tokens are our own business: Bolt would renew them without a word when that fails.
      fetchInstallation: () => Promise.reject(new Error('Bolt is not asked for installs')),
    },
    installerOptions: {
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      clientOptions: clientOptions(settings, logger),
      ...(apiUrl !== undefined && { authorizationUrl: authorizePage(apiUrl) }),
      renderHtmlForInstallPath: (href) => toHtml(invitation(href)),
      installPathOptions: {
        beforeRedirection: (_request, response) => {
          setHeaders(response);
          return Promise.resolve(true);
        },
      },
      callbackOptions: ANSWERS,
    },
  };
}

/** The app is in the workspace, and we have no token for it. */
class NotKept extends Error {
  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}

const ANSWERS: NonNullable<
  NonNullable<HTTPReceiverOptions['installerOptions']>['callbackOptions']
> = {
  success: ({ team }, _options, _request, response) => {
    sendPage(response, 200, thanks(team?.name ?? 'your workspace', team?.id ?? ''));
  },
  failure: (error, _options, _request, response) => {
    const { status, page } = refusal(error);
    sendPage(response, status, page);
  },
};

/** The page of the same Slack: GovSlack has its own. */
function authorizePage(apiUrl: string): string {
  return new URL('/oauth/v2/authorize', apiUrl).href;
}

/** One secret less to configure: this one follows from the other, and tells nothing about it. */
function stateSecretOf([key = '']: readonly string[]): string {
  return createHmac('sha256', key).update('paperboy: state of an install').digest('hex');
}

function invitation(href: string): Page {
  return {
    title: 'Paperboy for Slack',
    lines: [
      'Each day’s research papers, in the channels where your lab talks.',
      'Paperboy reads no messages: it posts where you invite it, answers /papers, and sees who ' +
        'puts which emoji on its own messages.',
    ],
    link: { text: 'Add to Slack', href },
  };
}

function thanks(name: string, team: string): Page {
  return {
    title: `Paperboy is in ${name}`,
    lines: [
      'In the channel that wants papers, write /invite @Paperboy, and then /papers subscribe.',
      'The invitation matters: Slack shows Paperboy reactions only in channels that it is in.',
    ],
    link: { text: 'Open Slack', href: `https://app.slack.com/client/${encodeURIComponent(team)}` },
  };
}

const AGAIN = { text: 'Start again', href: INSTALL_PATH } as const;
const STATE = /^slack_oauth_(?:missing_state|invalid_state|missing_code)$/;

/** Each says what was not installed, why, and what to do. */
function refusal(error: Error & { readonly code?: string }): { status: number; page: Page } {
  const { code = '' } = error;
  if (code === 'slack_oauth_installer_authorization_error') {
    const lines = ['You said no, so nothing was installed, and nothing is kept.'];
    return { status: 403, page: { title: 'Paperboy was not installed', lines, link: AGAIN } };
  }
  if (STATE.test(code)) {
    const lines = [
      'This link is more than ten minutes old, was used before, or is another browser’s.',
    ];
    return { status: 400, page: { title: 'Paperboy was not installed', lines, link: AGAIN } };
  }
  if (error instanceof NotKept) {
    const lines = [
      error.message,
      'Slack has Paperboy in the workspace now, but Paperboy could not keep what it was given, so ' +
        'it can’t do anything there yet. If starting again is no help, tell whoever runs this Paperboy.',
    ];
    return { status: 500, page: { title: 'Paperboy is not ready yet', lines, link: AGAIN } };
  }
  const name = slackErrorOf(error);
  const why = name === undefined ? messageOf(error) : `Slack refused it (${name}).`;
  const lines = [
    why,
    'Nothing was installed. If it happens again, tell whoever runs this Paperboy.',
  ];
  const status = name === undefined ? 500 : 400;
  return { status, page: { title: 'Paperboy was not installed', lines, link: AGAIN } };
}
