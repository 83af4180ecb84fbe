import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import {
  APP,
  startSlackServer,
  type SlackServer,
  type SlackServerOptions,
} from './slack-server/index.ts';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(
  options: SlackServerOptions = {},
): Promise<{ slack: SlackServer; token: string }> {
  const slack = await startSlackServer({ secondMs: 40, ...options });
  closing.push(() => slack.close());
  const token = slack.addTeam('T1');
  slack.addUser('U1', 'T1');
  slack.addChannel('C1', 'T1', { creator: 'U1' });
  return { slack, token };
}

async function openWith(mode: 'socket' | 'http', options: SlackServerOptions = {}) {
  const { slack, token } = await open(options);
  const clientOptions = {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  const receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: APP.appToken,
          logger: quiet,
          // Bolt waits this long before it connects again.
          clientPingTimeout: 200,
          installerOptions: { clientOptions },
        })
      : new HTTPReceiver({ signingSecret: APP.signingSecret, logger: quiet });
  const { botId, botUser: botUserId } = slack.world.installs.get('T1')!;
  const authorize = () => Promise.resolve({ botToken: token, botId, botUserId });
  const app = new App({ authorize, receiver, clientOptions, logger: quiet });
  const server = (await (receiver as { start(port?: number): Promise<unknown> }).start(
    0,
  )) as Server;
  if (mode === 'http') {
    slack.useHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  }
  closing.push(async () => {
    if (mode === 'http') server.closeAllConnections();
    await app.stop();
  });
  return { slack, app, token };
}

function answer(app: App): void {
  app.command('/papers', async ({ ack, respond, say, command }) => {
    await ack();
    if (command.text === 'private') await respond({ text: 'only you', response_type: 'ephemeral' });
    else await say(`you said ${command.text}`);
  });
}

describe.each(['socket', 'http'] as const)('Real Bolt over the Slack server in %s mode', (mode) => {
  it('answers a command in the channel and to the caller alone', async () => {
    const { slack, app } = await openWith(mode);
    answer(app);
    expect((await slack.readers.type('U1', 'C1', 'today')).status).toBe(200);
    await expect
      .poll(() => slack.messages('C1').map(({ text }) => text))
      .toEqual(['you said today']);
    await slack.readers.type('U1', 'C1', 'private');
    await expect.poll(() => slack.ephemerals('U1').map(({ text }) => text)).toEqual(['only you']);
  });

  it('takes a pressed button, a reaction, the home tab, a modal and a message shortcut', async () => {
    const { slack, app, token } = await openWith(mode);
    const seen: string[] = [];
    app.action('save', async ({ ack, body, client }) => {
      await ack();
      seen.push('action');
      const trigger = 'trigger_id' in body ? body.trigger_id : '';
      await client.views.open({ trigger_id: trigger, view: modal() });
    });
    app.event('reaction_added', ({ event }) => {
      seen.push(event.reaction);
      return Promise.resolve();
    });
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [section('Home')] },
      });
    });
    app.view('settings', async ({ ack, view }) => {
      seen.push(view.state.values['b']?.['at']?.value ?? '');
      await ack({ response_action: 'errors', errors: { b: 'Too early' } });
    });
    app.shortcut('save_paper', async ({ ack, shortcut }) => {
      await ack();
      seen.push(shortcut.callback_id);
    });
    const { ts = '' } = await app.client.chat.postMessage({
      token,
      channel: 'C1',
      text: 'A paper',
      blocks: [{ type: 'actions', elements: [button('Save')] }],
    });
    const at = { channel: 'C1', ts };
    await slack.readers.press('U1', at, { label: 'Save' });
    const view = await until(() => slack.view('U1', 'modal'));
    const receipt = await slack.readers.submit('U1', view.id, { b: '03:00' });
    expect(receipt.body).toEqual({ response_action: 'errors', errors: { b: 'Too early' } });
    await slack.readers.react('U1', at, '+1::skin-tone-4');
    await slack.readers.shortcut('U1', at, 'save_paper');
    await slack.readers.openHome('U1');
    await expect.poll(() => slack.view('U1', 'home')?.text).toBe('Home');
    await expect.poll(() => seen).toEqual(['action', '03:00', '+1::skin-tone-4', 'save_paper']);
  });

  it('brings an event again that was not acknowledged, under the same id', async () => {
    const { slack, app } = await openWith(mode);
    const ids: string[] = [];
    app.event('reaction_added', ({ body }) => {
      ids.push(body.event_id);
      return Promise.resolve();
    });
    const event = {
      type: 'reaction_added',
      user: 'U1',
      reaction: 'bookmark',
      item: {},
      item_user: 'U1',
    };
    await slack.event('T1', event, 'Ev1');
    await slack.event('T1', event, 'Ev1');
    expect(ids).toEqual(['Ev1', 'Ev1']);
  });

  it('tells of an uninstall, and refuses the tokens from then on', async () => {
    const { slack, app, token } = await openWith(mode);
    const seen: string[] = [];
    app.event(/tokens_revoked|app_uninstalled/, ({ event }) => {
      seen.push(event.type);
      return Promise.resolve();
    });
    expect((await slack.uninstall('T1')).map(({ status }) => status)).toEqual([200, 200]);
    expect(seen.sort()).toEqual(['app_uninstalled', 'tokens_revoked']);
    const post = app.client.chat.postMessage({ token, channel: 'C1', text: 'late' });
    await expect(post).rejects.toThrow('account_inactive');
  });
});

describe('The Slack server’s Socket Mode', () => {
  it('delivers over any of two connections, and again when one breaks first', async () => {
    const { slack } = await open();
    const [first, second] = await Promise.all([connect(slack), connect(slack)]);
    expect(slack.socket.connections).toBe(2);
    const pending = slack.event('T1', { type: 'app_home_opened', user: 'U1' });
    const arrivals = [first.next(), second.next()];
    const { socket } = await Promise.race(arrivals);
    const other = socket === first.socket ? 1 : 0;
    socket.terminate();
    const { envelope, socket: left } = await arrivals[other]!;
    expect(envelope).toMatchObject({
      type: 'events_api',
      retry_attempt: 1,
      retry_reason: 'timeout',
    });
    left.send(JSON.stringify({ envelope_id: envelope['envelope_id'] }));
    expect(await pending).toMatchObject({ status: 200, attempts: 2 });
  });

  it('gives an event up after three retries, and a command at once', async () => {
    const { slack } = await open({ secondMs: 5 });
    await connect(slack);
    expect(await slack.event('T1', { type: 'app_home_opened', user: 'U1' })).toMatchObject({
      status: 0,
      attempts: 4,
    });
    expect(await slack.readers.type('U1', 'C1', 'today')).toMatchObject({ status: 0, attempts: 1 });
  });

  it('asks a client to come back, and keeps events for it meanwhile', async () => {
    const { slack, app } = await openWith('socket');
    const seen: string[] = [];
    app.event('reaction_added', ({ event }) => {
      seen.push(event.reaction);
      return Promise.resolve();
    });
    slack.socket.disconnect('refresh_requested');
    await until(() => (slack.socket.connections === 0 ? true : undefined));
    const pending = slack.event('T1', {
      type: 'reaction_added',
      user: 'U1',
      reaction: 'eyes',
      item: {},
    });
    expect((await pending).status).toBe(200);
    expect(seen).toEqual(['eyes']);
  });

  it('refuses a used ticket and an eleventh connection', async () => {
    const { slack } = await open();
    const address = slack.socket.address();
    await connect(slack, address);
    await expect(connect(slack, address)).rejects.toThrow();
    for (let count = 1; count < 10; count++) await connect(slack);
    await expect(connect(slack)).rejects.toThrow();
  });
});

describe('The Slack server’s HTTP requests', () => {
  it('come again at once, after 1 and after 5 minutes of its clock', async () => {
    const { slack } = await open();
    const seen: unknown[] = [];
    const broken = createServer((request, response) => {
      seen.push(request.headers['x-slack-retry-num']);
      response.writeHead(500).end();
    }).listen(0, '127.0.0.1');
    await once(broken, 'listening');
    closing.push(() => new Promise((resolve) => broken.close(resolve)));
    slack.useHttp(`http://127.0.0.1:${(broken.address() as AddressInfo).port}/slack/events`);
    const pending = slack.event('T1', { type: 'app_home_opened', user: 'U1', channel: 'D1' });
    await expect.poll(() => seen).toEqual([undefined, '1']);
    await slack.clock.advance(59_000);
    await pause(20);
    expect(seen).toHaveLength(2);
    await slack.clock.advance(1_500);
    await expect.poll(() => seen).toEqual([undefined, '1', '2']);
    await pause(20);
    await slack.clock.advance(300_000);
    expect(await pending).toMatchObject({ status: 500, attempts: 4 });
    expect(seen).toEqual([undefined, '1', '2', '3']);
  });

  it.each([
    ['a signature of another secret', { secret: 'wrong' }],
    ['a changed body', { tamper: (body: string) => body.replace('today', 'ｔoday') }],
    ['a stamp that is six minutes old', { skewS: -360 }],
  ])('with %s are refused by Bolt', async (_, forgery) => {
    const { slack, app } = await openWith('http');
    answer(app);
    const parcel = {
      kind: 'slash_commands',
      payload: { command: '/papers', text: 'today', team_id: 'T1' },
    } as const;
    expect((await slack.http.send(parcel, forgery)).status).toBe(401);
  });
});

describe('The Slack server’s limits', () => {
  it('hide the second post of a channel’s second, and refuse a longer burst', async () => {
    const { slack, token } = await open({ secondMs: 1000 });
    const client = clientOf(slack, token);
    const post = (channel: string) => client.chat.postMessage({ channel, text: 'one' });
    slack.addChannel('C2', 'T1');
    await post('C1');
    await post('C2');
    expect(slack.hidden()).toEqual([]);
    await post('C1');
    expect(slack.hidden()).toHaveLength(1);
    for (let count = 0; count < 4; count++) await post('C1');
    await expect(post('C1')).rejects.toThrow(/rate-limit|rate limit/i);
    expect(slack.api.limited).toHaveLength(1);
    expect(slack.messages('C1')).toHaveLength(1);
  });

  it('count each method and workspace for itself', async () => {
    const { slack, token } = await open({ secondMs: 1000 });
    const other = slack.addTeam('T2');
    slack.addChannel('C9', 'T2');
    const client = clientOf(slack, token);
    for (let count = 0; count < 20; count++) await client.conversations.list({});
    await expect(client.conversations.list({})).rejects.toMatchObject({ retryAfter: 60 });
    await client.conversations.info({ channel: 'C1' });
    await client.conversations.list({ token: other });
  });

  it.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'invalid_blocks'],
    [
      'a long header',
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      'invalid_blocks',
    ],
    ['a long section', [section('x'.repeat(3001))], 'invalid_blocks'],
    [
      '13,201 characters in all',
      Array.from({ length: 5 }, () => section('x'.repeat(2641))),
      'msg_blocks_too_long',
    ],
    ['an empty piece of rich text', [rich('')], 'invalid_blocks'],
    ['an unknown block', [{ type: 'table_of_contents' }], 'invalid_blocks'],
  ])('refuse %s', async (_, blocks, error) => {
    const { slack, token } = await open();
    const body = new URLSearchParams({ channel: 'C1', text: 'x', blocks: JSON.stringify(blocks) });
    expect(await call(slack, token, 'chat.postMessage', body)).toMatchObject({ ok: false, error });
    expect(slack.messages('C1')).toEqual([]);
  });

  it('refuse what a channel doesn’t allow, by Slack’s names', async () => {
    const { slack, token } = await open();
    slack.addChannel('C2', 'T1', { withBot: false });
    const post = (fields: Record<string, string>) =>
      call(slack, token, 'chat.postMessage', JSON.stringify({ text: 'x', ...fields }));
    expect(await post({ channel: 'C404' })).toMatchObject({ error: 'channel_not_found' });
    expect(await post({ channel: 'C2' })).toMatchObject({ error: 'not_in_channel' });
    expect(await post({ channel: 'C1', text: '' })).toMatchObject({ error: 'no_text' });
    expect(await post({ channel: 'C1', thread_ts: '1.1' })).toMatchObject({
      error: 'thread_not_found',
    });
    slack.world.channels.get('C1')!.isArchived = true;
    expect(await post({ channel: 'C1' })).toMatchObject({ error: 'is_archived' });
    expect(await call(slack, 'xoxb-none', 'auth.test', '{}')).toMatchObject({
      error: 'invalid_auth',
    });
  });

  it('give history by pages, newest first, and only what is newer than asked', async () => {
    const { slack, token } = await open({ secondMs: 1 });
    const client = clientOf(slack, token);
    const sent: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const { ts } = await client.chat.postMessage({ channel: 'C1', text });
      sent.push(ts!);
      await slack.clock.advance(60_000);
    }
    const first = await client.conversations.history({ channel: 'C1', limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.history({ channel: 'C1', limit: 2, cursor });
    const words = (page: typeof first) => page.messages?.map(({ text }) => text);
    expect([words(first), words(rest)]).toEqual([['three', 'two'], ['one']]);
    const newer = await client.conversations.history({ channel: 'C1', oldest: sent[1]! });
    expect([words(newer), newer.has_more]).toEqual([['three'], false]);
    const inThread = { channel: 'C1', ts: sent[0]!, oldest: sent[2]! };
    expect(words(await client.conversations.replies(inThread))).toEqual(['one']);
  });

  it('let a response_url answer five times within half an hour', async () => {
    const { slack } = await open({ secondMs: 1 });
    const client = await connect(slack);
    const urlOf = async () => {
      const pending = slack.readers.type('U1', 'C1', 'today');
      const { envelope, socket } = await client.next();
      socket.send(JSON.stringify({ envelope_id: envelope['envelope_id'] }));
      await pending;
      return (envelope['payload'] as { response_url: string }).response_url;
    };
    const use = async (url: string) => {
      const body = JSON.stringify({ text: 'hello' });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(url, { method: 'POST', headers, body })).status;
    };
    const url = await urlOf();
    const statuses = [];
    for (let count = 0; count < 6; count++) statuses.push(await use(url));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.ephemerals('U1')).toHaveLength(5);
    const late = await urlOf();
    await slack.clock.advance(31 * 60_000);
    expect(await use(late)).toBe(404);
  });
});

describe('The Slack server’s installs', () => {
  it('go from the install page through a code to a token that rotates and is revoked', async () => {
    const { slack } = await open({ rotates: true });
    slack.addTeam('T7', { installed: false });
    slack.addUser('U7', 'T7');
    const asked = `${slack.authorizeUrl}?client_id=${APP.clientId}&scope=chat:write,commands&state=s1&redirect_uri=http://127.0.0.1/done`;
    const back = new URL(slack.allow(asked, 'T7'));
    expect(back.searchParams.get('state')).toBe('s1');
    const app = { client_id: APP.clientId, client_secret: APP.clientSecret };
    const code = back.searchParams.get('code') ?? '';
    const first = await exchange(slack, { ...app, code });
    expect(first).toMatchObject({
      ok: true,
      team: { id: 'T7' },
      scope: 'chat:write,commands',
      expires_in: 43_200,
    });
    expect(await exchange(slack, { ...app, code })).toMatchObject({ error: 'invalid_code' });
    const renewal = {
      ...app,
      grant_type: 'refresh_token',
      refresh_token: String(first['refresh_token']),
    };
    const second = await exchange(slack, renewal);
    expect(second['access_token']).not.toBe(first['access_token']);
    expect(await exchange(slack, renewal)).toMatchObject({ error: 'invalid_refresh_token' });
    await slack.clock.advance(12 * 3_600_000 + 1);
    const token = String(second['access_token']);
    expect(await call(slack, token, 'auth.test', '{}')).toMatchObject({ error: 'token_expired' });
  });
});

/** Bolt's own client, as the bot of a workspace. */
function clientOf(slack: SlackServer, token: string): App['client'] {
  const receiver = {
    init: () => undefined,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const clientOptions = {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  const logger = quiet;
  return new App({ token, receiver, logger, clientOptions, tokenVerificationEnabled: false })
    .client;
}

function section(text: string) {
  return { type: 'section' as const, text: { type: 'plain_text' as const, text } };
}

function rich(text: string) {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}

function button(label: string) {
  return {
    type: 'button' as const,
    action_id: 'save',
    text: { type: 'plain_text' as const, text: label },
  };
}

function modal() {
  return {
    type: 'modal' as const,
    callback_id: 'settings',
    title: { type: 'plain_text' as const, text: 'Settings' },
    submit: { type: 'plain_text' as const, text: 'Save' },
    blocks: [
      {
        type: 'input' as const,
        block_id: 'b',
        label: { type: 'plain_text' as const, text: 'When?' },
        element: { type: 'plain_text_input' as const, action_id: 'at' },
      },
    ],
  };
}

async function call(
  slack: SlackServer,
  token: string,
  method: string,
  body: string | URLSearchParams,
) {
  const type = typeof body === 'string' ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const answered = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers, body });
  return (await answered.json()) as Record<string, unknown>;
}

async function exchange(slack: SlackServer, fields: Record<string, string>) {
  const body = new URLSearchParams(fields);
  const answered = await fetch(`${slack.apiUrl}oauth.v2.access`, { method: 'POST', body });
  return (await answered.json()) as Record<string, unknown>;
}

interface Connection {
  readonly socket: WebSocketLike;
  next(): Promise<{ envelope: Record<string, unknown>; socket: WebSocketLike }>;
}

type WebSocketLike = import('ws').WebSocket;

async function connect(slack: SlackServer, address = slack.socket.address()): Promise<Connection> {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(address);
  closing.push(() => {
    socket.terminate();
    return Promise.resolve();
  });
  const queue: Record<string, unknown>[] = [];
  const waiting: ((envelope: Record<string, unknown>) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const envelope = JSON.parse(data.toString()) as Record<string, unknown>;
    if (envelope['type'] === 'hello') return;
    const first = waiting.shift();
    if (first === undefined) queue.push(envelope);
    else first(envelope);
  });
  await once(socket, 'open');
  const next = () => {
    const queued = queue.shift();
    return queued === undefined
      ? new Promise<Record<string, unknown>>((resolve) => waiting.push(resolve))
      : Promise.resolve(queued);
  };
  return { socket, next: async () => ({ envelope: await next(), socket }) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until<Result>(find: () => Result | undefined): Promise<Result> {
  for (let count = 0; count < 300; count++) {
    const found = find();
    if (found !== undefined) return found;
    await pause(10);
  }
  throw new Error('Waited in vain');
}
