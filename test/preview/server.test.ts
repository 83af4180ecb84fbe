import { connect } from 'node:net';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import { previewChannel } from '../../src/preview/index.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { digestMessage, lineMessage, paperMessage } from '../fixtures/messages.ts';
import { openPreview } from './open-preview.ts';
import { messagesOf, rawRequest, send, textOf } from './page.ts';

const json = { 'Content-Type': 'application/json' };
const ask = JSON.stringify({ text: 'help' });

describe('The page', () => {
  it('shows what was posted, newest first, each thread beneath its message', async () => {
    const preview = await openPreview();
    const root = await preview.post(previewChannel, lineMessage('a digest'), { key: 'a' });
    for (const paper of ['one paper', 'two papers']) {
      await preview.post(previewChannel, paperMessage(paper), { key: paper, thread: root });
    }
    await preview.post(previewChannel, lineMessage('a later one'), { key: 'b' });
    const html = await (await fetch(preview.url)).text();
    const order = ['a later one', 'a digest', '2 papers', 'one paper', 'two papers'];
    const places = order.map((words) => textOf(html).indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('unfolds the newest thread and folds the others', async () => {
    const preview = await openPreview();
    for (const key of ['old', 'new']) {
      const root = await preview.post(previewChannel, lineMessage(key), { key });
      await preview.post(previewChannel, paperMessage(key), { key: `${key}-1`, thread: root });
    }
    const html = await (await fetch(preview.url)).text();
    const main = html.slice(0, html.indexOf('<template'));
    expect(main.match(/<details[^>]*>/g)).toEqual(['<details open>', '<details>']);
  });

  it('offers to save papers, and nothing where there is no paper', async () => {
    const preview = await openPreview();
    await preview.post(previewChannel, lineMessage('no paper'), { key: 'a' });
    await preview.post(previewChannel, paperMessage('one'), { key: 'b' });
    await preview.post(previewChannel, digestMessage, { key: 'c' });
    const threads = await messagesOf(preview);
    const labels = threads.map(
      ({ html }) => /class="save".*? aria-label="([^"]*)"/.exec(html)?.[1],
    );
    expect(labels).toEqual(['Save all papers of this message', 'Save this paper', undefined]);
  });

  it('says "sample" where a message says so', async () => {
    const preview = await openPreview();
    const message = {
      summary: '',
      blocks: [{ type: 'heading', text: 'Built-in sample' } as const],
    };
    await preview.post(previewChannel, message, { key: 'a' });
    expect(textOf(await (await fetch(preview.url)).text())).toContain('Built-in sample');
  });

  it('loads only its own script and style, and pictures over https', async () => {
    const preview = await openPreview();
    const page = await rawRequest(preview, '/');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; " +
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.body).not.toMatch(/<style|<script(?! src=)| style=| on[a-z]+=/);
    const script = await rawRequest(preview, '/app.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(() => new Script(script.body)).not.toThrow();
    const style = await rawRequest(preview, '/style.css');
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(style.body).toContain('prefers-color-scheme: dark');
  });

  it('answers HEAD, and refuses unknown pages and methods', async () => {
    const preview = await openPreview();
    const statusOf = async (path: string, method: string) =>
      (await rawRequest(preview, path, { method, headers: json })).status;
    expect(await statusOf('/', 'HEAD')).toBe(200);
    expect(await statusOf('/nowhere', 'GET')).toBe(404);
    expect(await statusOf('/constructor', 'GET')).toBe(404);
    expect(await statusOf('/', 'POST')).toBe(405);
    expect(await statusOf('/api/command', 'GET')).toBe(405);
  });
});

describe('Commands and reactions of the page', () => {
  it('come from the one local reader, who may manage the channel', async () => {
    const inbox = createRecordingInbox();
    const preview = await openPreview({}, inbox);
    await send(preview, '/api/command', { text: '/papers  today 3 ', timezone: 'Europe/Berlin' });
    expect(inbox.calls).toEqual([
      {
        name: '',
        input: { text: 'today 3' },
        channel: { platform: 'preview', tenant: 'local', channel: '#papers' },
        reader: { platform: 'preview', tenant: 'local', user: 'you' },
        canManage: true,
        timezone: 'Europe/Berlin',
      },
    ]);
  });

  it('leave out a time zone that nobody knows', async () => {
    const inbox = createRecordingInbox();
    const preview = await openPreview({}, inbox);
    await send(preview, '/api/command', { text: 'today', timezone: 'Mars/Olympus' });
    await send(preview, '/api/command', { text: 'today' });
    expect(inbox.calls.map((call) => 'timezone' in call)).toEqual([false, false]);
  });

  it('show above a public answer what was asked', async () => {
    const inbox = createRecordingInbox();
    inbox.reply = { private: false, message: lineMessage('answer') };
    const preview = await openPreview({}, inbox);
    await send(preview, '/api/command', { text: 'topic <agents>' });
    await send(preview, '/api/press', { command: 'topic', args: { query: 'a b', count: 3 } });
    const asked = (await messagesOf(preview)).map(
      ({ html }) => /<code>(.*?)<\/code>/.exec(html)?.[1],
    );
    expect(asked).toEqual(['/papers topic a b 3', '/papers topic &lt;agents&gt;']);
  });

  it('never keep a private answer', async () => {
    const inbox = createRecordingInbox();
    inbox.reply = { private: true, message: lineMessage('secret') };
    const preview = await openPreview({}, inbox);
    const answer = await (await send(preview, '/api/command', { text: 'saved' })).text();
    expect(answer).toContain('Only you can see this');
    expect(await (await fetch(preview.url)).text()).not.toContain('secret');
  });

  it('remember the reader’s reaction', async () => {
    const preview = await openPreview();
    const ref = await preview.post(previewChannel, paperMessage('one'), { key: 'a' });
    const pressed = async () =>
      /aria-pressed="(\w+)"/.exec((await messagesOf(preview))[0]?.html ?? '')?.[1];
    expect(await pressed()).toBe('false');
    await send(preview, '/api/react', { message: ref.message, emoji: '🔖', added: true });
    expect(await pressed()).toBe('true');
  });

  it.each([
    ['/api/react', { message: 'unknown', emoji: '🔖', added: true }, 404, 'gone'],
    ['/api/react', { message: 'x', emoji: 'bookmark', added: true }, 400, 'Not an emoji'],
    ['/api/react', { message: 'x', emoji: '🔖' }, 400, 'added'],
    ['/api/command', { line: 'help' }, 400, 'text'],
    ['/api/press', { command: 'topic', args: { query: { a: 1 } } }, 400, 'args.query'],
  ])('refuse %s with %j', async (path, body, status, words) => {
    const inbox = createRecordingInbox();
    const preview = await openPreview({}, inbox);
    const response = await send(preview, path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringContaining(words) as string });
    expect(inbox.calls).toEqual([]);
    expect(inbox.reactions).toEqual([]);
  });
});

describe('Other web sites', () => {
  const attempts: [string, Record<string, string>, number][] = [
    ['a name that was rebound to this machine', { Host: 'evil.example' }, 403],
    ['a name that begins like ours', { Host: 'localhost.evil.example:7717' }, 403],
    ['a foreign page', { Origin: 'https://evil.example' }, 403],
    ['a page without origin', { Origin: 'null' }, 403],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }, 403],
    ['a plain form', { 'Content-Type': 'text/plain' }, 415],
  ];

  it.each(attempts)('can’t send a command: %s', async (_, headers, status) => {
    const inbox = createRecordingInbox();
    const preview = await openPreview({}, inbox);
    const answer = await rawRequest(preview, '/api/command', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: ask,
    });
    expect(answer.status).toBe(status);
    expect(inbox.calls).toEqual([]);
  });

  it('can’t read messages through a rebound name', async () => {
    const preview = await openPreview();
    for (const path of ['/', '/api/messages', '/api/events']) {
      const { status } = await rawRequest(preview, path, { headers: { Host: 'evil.example' } });
      expect(status).toBe(403);
    }
  });

  it('leave the page itself working, by either name', async () => {
    const inbox = createRecordingInbox();
    const preview = await openPreview({}, inbox);
    const port = new URL(preview.url).port;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const headers = { ...json, Host: host, Origin: `http://${host}` };
      const options = { method: 'POST', headers, body: ask };
      expect((await rawRequest(preview, '/api/command', options)).status).toBe(200);
    }
    expect(inbox.calls).toHaveLength(2);
  });
});

describe('Bad requests', () => {
  it('get an answer when their body is too long', async () => {
    const preview = await openPreview();
    const response = await send(preview, '/api/command', { text: 'x'.repeat(65 * 1024) });
    expect(response.status).toBe(413);
    const most = await send(preview, '/api/command', { text: 'x'.repeat(63 * 1024) });
    expect(most.status).toBe(200);
  });

  it('get an answer when their body is no JSON', async () => {
    const preview = await openPreview();
    const options = { method: 'POST', headers: json, body: '{"text":' };
    expect((await rawRequest(preview, '/api/command', options)).status).toBe(400);
  });

  it('don’t stop the page when they break off', async () => {
    const preview = await openPreview();
    const socket = connect(Number(new URL(preview.url).port), '127.0.0.1');
    const head = 'POST /api/command HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json';
    await new Promise<void>((resolve) => {
      socket.write(`${head}\r\nContent-Length: 100\r\n\r\n{"te`, () => {
        resolve();
      });
    });
    socket.destroy();
    expect(await messagesOf(preview)).toEqual([]);
  });

  it('get one apology and a line in the log when the inbox breaks its promise', async () => {
    const inbox = createRecordingInbox();
    inbox.command = () => Promise.reject(new Error('token xyz'));
    const errors: object[] = [];
    const ignore = () => undefined;
    const error = (fields: object) => void errors.push(fields);
    const log = { debug: ignore, info: ignore, warn: ignore, error };
    const preview = await openPreview({ log }, inbox);
    const response = await send(preview, '/api/command', { text: 'help' });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('xyz');
    expect(errors).toHaveLength(1);
  });
});

describe('Starting and stopping', () => {
  it('says which port is in use and what to do', async () => {
    const first = await openPreview();
    const port = Number(new URL(first.url).port);
    const second: unknown = await openPreview({ port }).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(DeliveryError);
    expect((second as DeliveryError).message).toBe(
      `Port ${port} is already in use, perhaps by another Paperboy. ` +
        `Stop that program, or choose another port: paperboy preview --port ${port + 1}`,
    );
  });

  it('gives the port back when the history can’t be read', async () => {
    const first: unknown = await openPreview({ historyPath: '/dev/null/preview.jsonl' }).catch(
      (error: unknown) => error,
    );
    expect(first).toBeInstanceOf(DeliveryError);
    expect((first as DeliveryError).message).toContain('/dev/null');
  });

  it('is reached from this machine alone', async () => {
    const preview = await openPreview();
    expect(new URL(preview.url).hostname).toBe('127.0.0.1');
    const port = Number(new URL(preview.url).port);
    // Linux answers on the whole of 127.0.0.0/8, so a server on all addresses would be found here.
    const outcome = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.2');
      socket.on('connect', () => {
        socket.destroy();
        resolve('open');
      });
      socket.on('error', () => {
        resolve('closed');
      });
    });
    expect(outcome).toBe('closed');
  });

  it('stops although a page is open, and finishes the posts under way', async () => {
    const preview = await openPreview();
    const events = await fetch(`${preview.url}/api/events`);
    const posting = preview.post(previewChannel, lineMessage('last'), { key: 'a' });
    await preview.stop();
    await expect(posting).resolves.toMatchObject(previewChannel);
    await events.text().catch(() => 'cut off');
    await expect(fetch(preview.url)).rejects.toThrow();
  });
});

describe('An open page', () => {
  it('is told of new messages, changes and reactions at once', async () => {
    const preview = await openPreview();
    const response = await fetch(`${preview.url}/api/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const root = await preview.post(previewChannel, paperMessage('one'), { key: 'a' });
    await preview.post(previewChannel, paperMessage('two'), { key: 'b', thread: root });
    await preview.update(root, paperMessage('new\nline'));
    await send(preview, '/api/react', { message: root.message, emoji: '🔖', added: true });
    const stopped = preview.stop();
    const events = (await response.text())
      .split('\n\n')
      .flatMap((event) => /^event: message\ndata: (.*)$/.exec(event)?.[1] ?? [])
      .map((data) => JSON.parse(data) as { id: string; thread?: string; html: string });
    await stopped;
    expect(events.map(({ id, thread }) => [id === root.message, thread])).toEqual([
      [true, undefined],
      [false, root.message],
      [true, undefined],
      [true, undefined],
    ]);
    expect(events[2]?.html).toContain('new\nline');
    expect(events[3]?.html).toContain('aria-pressed="true"');
  });
});
