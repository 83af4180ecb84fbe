import type { Logger, Receiver, ReceiverEvent } from '@slack/bolt';
import { DeliveryError } from '../core/index.ts';
import { createHttpConnection } from './connection/http.ts';
import { createSocketConnection } from './connection/socket.ts';
import type { InstallerOptions } from './installs/installer.ts';
import type { SlackSettings } from './settings.ts';

/** The way from Slack to us. */
export interface Connection {
  /** What Bolt's app is made with. */
  readonly receiver: Receiver;
  /** Throws for what is not from Slack, whatever Bolt thinks of it. */
  readonly check?: (event: ReceiverEvent) => void;
  /** Resolves when Slack can reach us. Rejects with `DeliveryError`, and once it is to stop. */
  open(signal: AbortSignal): Promise<void>;
  /** Calls back when Slack reaches us again after it could not for so long, in milliseconds. */
  onReturn?(listener: (awayMs: number) => void): void;
  /** For the operator: how Slack reaches us, once it can. */
  describe(): string;
  close(): Promise<void>;
}

/** Socket Mode where there is an app token, else signed HTTP requests, and perhaps an install page. */
export function createConnection(
  settings: SlackSettings,
  logger: Logger,
  installer?: InstallerOptions,
): Connection {
  const { appToken, signingSecret } = settings;
  if (appToken !== undefined) return createSocketConnection({ ...settings, appToken }, logger);
  if (signingSecret !== undefined) {
    return createHttpConnection({ ...settings, signingSecret }, logger, installer);
  }
  throw new DeliveryError(
    'no-access',
    'Slack needs a way to reach Paperboy: set SLACK_APP_TOKEN for Socket Mode, or ' +
      'SLACK_SIGNING_SECRET for HTTP requests.',
  );
}
