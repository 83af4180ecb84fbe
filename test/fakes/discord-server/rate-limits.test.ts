import type { REST } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRest, refusalOf } from './client.ts';
import { startDiscordServer, type DiscordServer, type DiscordServerOptions } from './index.ts';
import type { Channel } from './world.ts';

let server: DiscordServer;
let rest: REST;
let channel: Channel;

const MESSAGES = 'POST /channels/:channel/messages';

async function start(options: DiscordServerOptions = {}): Promise<void> {
  server = await startDiscordServer(options);
  rest = createRest(server, { globalRequestsPerSecond: 1_000 });
  channel = server.addChannel({ guild: server.addGuild() });
}

beforeEach(async () => {
  await start({ rates: { [MESSAGES]: { limit: 2, perMs: 300 } } });
});

afterEach(async () => {
  await server.close();
  expect(server.crashes).toEqual([]);
});

function post(to = channel): Promise<unknown> {
  return rest.post(`/channels/${to.id}/messages`, { body: { content: 'x' } });
}

/** A request that no client holds back. */
function raw(path: string, token = server.token): Promise<Response> {
  return fetch(`${server.url}/v10${path}`, { headers: { authorization: `Bot ${token}` } });
}

test('a client that reads the headers never meets a 429', async () => {
  await Promise.all(Array.from({ length: 5 }, () => post()));
  const [first, , third] = server.requests;
  expect(server.countOf429()).toBe(0);
  expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(300);
});

test('one that does not is told how long to wait, route by route and channel by channel', async () => {
  server.clock.freeze();
  const path = `/channels/${channel.id}/messages`;
  const send = () =>
    fetch(`${server.url}/v10${path}`, {
      method: 'POST',
      headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
      body: '{"content":"x"}',
    });
  const first = await send();
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '1',
    'x-ratelimit-bucket': expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
  });
  await send();
  const third = await send();
  expect(third.status).toBe(429);
  expect(third.headers.get('x-ratelimit-scope')).toBe('user');
  expect(third.headers.get('retry-after')).toBe('1');
  const body = (await third.json()) as { retry_after: number };
  expect(body).toMatchObject({ global: false });
  expect(body.retry_after).toBeLessThanOrEqual(0.3);
  expect((await raw(path)).status).toBe(200);
  expect([server.countOf429('user'), server.invalidRequests]).toEqual([1, 1]);
});

test('a 429 is obeyed: discord.js waits and sends once more', async () => {
  server.fail({ kind: 'rate-limit', scope: 'user', retryAfterMs: 300 });
  await post();
  const [refused, sent] = server.requests;
  expect([refused?.status, sent?.status]).toEqual([429, 200]);
  expect((sent?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(300);
  expect(server.messagesIn(channel.id)).toHaveLength(1);
});

test('a global 429 holds for all routes but those of interactions', async () => {
  server.fail({ kind: 'rate-limit', scope: 'global', retryAfterMs: 60_000 });
  const first = await raw('/users/@me');
  const second = await raw(`/channels/${channel.id}`);
  expect([first.status, second.status]).toEqual([429, 429]);
  expect(second.headers.get('x-ratelimit-global')).toBe('true');
  expect(await second.json()).toMatchObject({ global: true });
  expect((await raw('/webhooks/1/x/messages/@original')).status).toBe(401);
  server.clock.advance(60_001);
  expect((await raw('/users/@me')).status).toBe(200);
});

test('more requests a second than the global limit meet it', async () => {
  await server.close();
  await start({ globalPerSecond: 5 });
  server.clock.freeze();
  const answers = await Promise.all(Array.from({ length: 8 }, () => raw('/users/@me')));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
  expect(server.countOf429('global')).toBe(3);
});

test('a shared limit is not counted as ours', async () => {
  server.fail({ kind: 'rate-limit', scope: 'shared', retryAfterMs: 1_337_000 });
  const answer = await raw(`/channels/${channel.id}`);
  expect(answer.headers.get('x-ratelimit-scope')).toBe('shared');
  expect(answer.headers.get('retry-after')).toBe('1337');
  expect(server.invalidRequests).toBe(0);
});

test('too many invalid requests in ten minutes block the address', async () => {
  await server.close();
  await start({ invalidRequestLimit: 3 });
  for (let count = 0; count < 3; count++) await raw('/users/@me', 'wrong');
  const blocked = await raw('/users/@me');
  expect(blocked.status).toBe(429);
  expect(await blocked.text()).toBe('error code: 1015');
  expect(blocked.headers.get('via')).toBeNull();
  server.clock.advance(10 * 60_000);
  expect((await raw('/users/@me')).status).toBe(200);
});

test('edits of messages older than an hour have a limit of their own', async () => {
  await server.close();
  await start({ oldEditsPerHour: 2 });
  const { id } = server.write(channel, server.bot.id, 'x');
  const edit = (content: string) =>
    fetch(`${server.url}/v10/channels/${channel.id}/messages/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content }),
    });
  await edit('young');
  server.clock.advance(3_600_001);
  await edit('one');
  await edit('two');
  const answer = await edit('three');
  expect(answer.status).toBe(429);
  expect(await answer.json()).toMatchObject({ code: 30046 });
  expect(server.messagesIn(channel.id)).toMatchObject([{ content: 'two' }]);
  server.clock.advance(3_600_001);
  expect((await edit('three')).status).toBe(200);
});

test('faults wait for the requests that they are meant for', async () => {
  server.fail({ kind: 'status', status: 502 }, { on: /^POST .*\/messages$/, times: Infinity });
  expect((await raw('/users/@me')).status).toBe(200);
  const impatient = createRest(server, { retries: 0 });
  const path = `/channels/${channel.id}/messages` as const;
  const again = () => impatient.post(path, { body: { content: 'x' } });
  await expect(again()).rejects.toMatchObject({ status: 502 });
  await expect(again()).rejects.toMatchObject({ status: 502 });
  server.heal();
  await again();
  expect(server.messagesIn(channel.id)).toHaveLength(1);
});

test('what Discord’s own description does not allow is refused and noted', async ({ skip }) => {
  if (!server.checksOpenApi) skip('Discord’s OpenAPI file is not here.');
  const body = { content: 'x', sticker_ids: 'not a list' };
  const wrong = rest.post(`/channels/${channel.id}/messages`, { body });
  expect(await refusalOf(wrong)).toEqual({
    code: 50035,
    status: 400,
    fields: ['sticker_ids OPENAPI'],
  });
  expect(server.violations).toMatchObject([
    { request: `POST /channels/${channel.id}/messages`, body },
  ]);
});
