import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPReceiver, type Logger, type Receiver } from '@slack/bolt';
import { DeliveryError, messageOf } from '../../core/index.ts';
import type { Connection } from '../connection.ts';
import type { InstallerOptions } from '../installs/installer.ts';
import type { SlackSettings } from '../settings.ts';

const PATH = '/slack/events';

/** How far the time in a signature may be from ours: what Slack advises. */
const SKEW_MS = 5 * 60_000;

type Settings = SlackSettings & { readonly signingSecret: string };

/** A request that Bolt took for genuine, and we don't. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/** Signed HTTP requests to a port of ours, which may serve an install page as well. */
export function createHttpConnection(
  settings: Settings,
  logger: Logger,
  installer?: InstallerOptions,
): Connection {
  const { clock, port } = settings;
  const receiver = createReceiver(settings, logger, installer);
  let server: Server | undefined;
  return {
    receiver: withoutInstaller(receiver),
    // Bolt refuses stamps of the past alone, so a signature with one of the future would serve
    // whoever has got hold of it until then.
    check: ({ customProperties }) => {
      const sentAt: unknown = customProperties?.['sentAt'];
      const late = typeof sentAt === 'number' ? sentAt - clock().getTime() : NaN;
      if (!(late <= SKEW_MS)) throw new Refused('The request is from the future');
    },
    describe: () => `port ${portOf(server)}, path ${PATH}`,
    async open() {
      server = await receiver.start(port).catch((error: unknown) => {
        const why = `Port ${port} can’t be opened for Slack: ${messageOf(error)}.`;
        throw new DeliveryError('unavailable', why, { cause: error });
      });
    },
    async close() {
      if (server?.listening !== true) return;
      const closed = receiver.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}

function createReceiver(
  { signingSecret, log }: Settings,
  logger: Logger,
  installer?: InstallerOptions,
): HTTPReceiver {
  return new HTTPReceiver({
    ...installer,
    signingSecret,
    logger,
    endpoints: [PATH],
    customPropertiesExtractor: ({ headers }) => ({
      sentAt: Number(headers['x-slack-request-timestamp']) * 1000,
    }),
    processEventErrorHandler: ({ error, response }) => {
      const refused = error instanceof Refused;
      if (!refused)
        log.error({ err: error }, 'something that Slack sent could not be written down');
      if (!response.headersSent) response.writeHead(refused ? 401 : 500).end();
      return Promise.resolve(false);
    },
  });
}

/** Where Bolt's app sees an installer it has it say who an event is for; here we do. */
function withoutInstaller(receiver: HTTPReceiver): Receiver {
  return {
    init: (app) => {
      receiver.init(app);
    },
    start: (port: number) => receiver.start(port),
    stop: () => receiver.stop(),
  };
}

function portOf(server: Server | undefined): number {
  const address = server?.address() as AddressInfo | null | undefined;
  return address?.port ?? 0;
}
