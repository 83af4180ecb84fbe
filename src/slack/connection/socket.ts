import { setTimeout as delay } from 'node:timers/promises';
import { SocketModeReceiver, type Logger } from '@slack/bolt';
import { patiently, type Log } from '../../core/index.ts';
import type { Connection } from '../connection.ts';
import { toDeliveryError, toSetback, toStartError } from '../errors.ts';
import type { SlackSettings } from '../settings.ts';
import { clientOptions } from '../workspaces.ts';

/** How long Slack may take to greet us. */
const GREETING_MS = 20_000;

/** The wait after a second failure to connect; it doubles, up to a minute. The first comes at once. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

type Settings = SlackSettings & { readonly appToken: string };

/**
 * Socket Mode, kept up by us: left to itself, socket-mode 3.1.0 waits five seconds at every
 * refresh, and ends the process when a connection fails while it reconnects
 * (slackapi/node-slack-sdk#2656), since nobody catches what its own reconnecting rejects with.
 */
export function createSocketConnection(settings: Settings, logger: Logger): Connection {
  const { log, clock } = settings;
  const receiver = createReceiver(settings, logger);
  const { client } = receiver;
  const stopping = new AbortController();
  const { signal } = stopping;
  let keeping: Promise<void> | undefined;
  let isAway = false;
  let returned: (awayMs: number) => void = () => undefined;
  client.on('disconnected', () => {
    // Every attempt that fails says so as well.
    if (keeping === undefined || signal.aborted || isAway) return;
    isAway = true;
    const since = clock().getTime();
    keeping = reconnect(client, signal, log).then(() => {
      isAway = false;
      if (!signal.aborted) returned(clock().getTime() - since);
    });
  });
  return {
    receiver,
    onReturn: (listener) => {
      returned = listener;
    },
    describe: () => 'Socket Mode',
    async open(given) {
      const patience = { service: 'Slack', read: toSetback, log, signal: given };
      await patiently(() => greet(client, given), patience);
      keeping = Promise.resolve();
    },
    async close() {
      if (signal.aborted) return;
      stopping.abort();
      await keeping;
      await client.disconnect();
    },
  };
}

function createReceiver(settings: Settings, logger: Logger): SocketModeReceiver {
  const { appToken, log } = settings;
  return new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(settings, logger) },
    // What can't be written down is not acknowledged, so that Slack sends it again.
    processEventErrorHandler: ({ error }) => {
      log.error({ err: error }, 'something that Slack sent could not be written down');
      return Promise.resolve(false);
    },
  });
}

type Client = SocketModeReceiver['client'];

function greet(client: Client, signal: AbortSignal): Promise<void> {
  return connect(client, signal).catch((error: unknown) => {
    throw toStartError(error, 'SLACK_APP_TOKEN');
  });
}

/** Connects, however often it takes. */
async function reconnect(client: Client, signal: AbortSignal, log: Log): Promise<void> {
  let isPaged = false;
  for (let failures = 0; !signal.aborted && !isConnected(client);) {
    const failure = await greet(client, signal).then(() => undefined, toDeliveryError);
    if (failure === undefined) continue;
    const { kind, message } = failure;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    failures += 1;
    log.warn({ failures, detail: message }, 'Slack can’t be reached; trying again');
    if (kind === 'no-access' && !isPaged) {
      log.error({}, `page the operator: ${message}`);
      isPaged = true;
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Rejects with whatever the client does, which may be nothing, and when it is to stop. */
async function connect(client: Client, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const until = AbortSignal.any([signal, done.signal]);
  const greeted = client.start();
  const tooLate = delay(GREETING_MS, 'late', { signal: until }).catch(() => 'stopped');
  try {
    const end = await Promise.race([greeted, tooLate]);
    if (typeof end !== 'string') return;
    greeted.catch(() => undefined);
    client.websocket?.disconnect();
    throw new Error(end === 'late' ? 'Slack did not greet us in time' : 'Slack was stopped');
  } finally {
    done.abort();
  }
}

function isConnected(client: Client): boolean {
  return client.websocket?.isActive() === true;
}
