import { ChannelType, type Client, type REST, type TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient, createRest, login, refusalOf } from './client.ts';
import { DEFAULT_RATES } from './http/rate-limits.ts';
import { startDiscordServer, type DiscordServer } from './index.ts';
import type { Permission } from './permissions.ts';
import type { Channel, Guild } from './world.ts';

let server: DiscordServer;
let rest: REST;
let guild: Guild;
let channel: Channel;

beforeEach(async () => {
  server = await startDiscordServer({ globalPerSecond: 1_000, rates: FAST });
  rest = createRest(server, { retries: 0, globalRequestsPerSecond: 1_000 });
  guild = server.addGuild();
  channel = server.addChannel({ guild });
});

afterEach(async () => {
  await server.close();
  expect(server.crashes).toEqual([]);
});

const FAST = Object.fromEntries(
  ['default', ...Object.keys(DEFAULT_RATES.routes)].map((route) => [
    route,
    { limit: 1_000, perMs: 1_000 },
  ]),
);

interface Posted {
  readonly id: string;
  readonly channel_id: string;
}

function post(body: unknown, to = channel.id): Promise<Posted> {
  return rest.post(`/channels/${to}/messages`, { body }) as Promise<Posted>;
}

describe('with a connected client', () => {
  let client: Client;

  afterEach(async () => {
    await client.destroy();
  });

  test('posts, edits, opens a thread, posts there, attaches a file and deletes', async () => {
    client = await login(createClient(server), server);
    const text = (await client.channels.fetch(channel.id)) as TextChannel;
    const sent = await text.send({ content: 'One', allowedMentions: { parse: [] } });
    await sent.edit({ content: 'Two', embeds: [{ title: 'A paper', url: 'https://arxiv.org' }] });
    const thread = await sent.startThread({ name: 'Papers' });
    const inside = await thread.send({
      files: [{ attachment: Buffer.from('@article{é}'), name: 'papers.bib' }],
    });
    expect(server.messagesIn(channel.id)).toMatchObject([{ id: sent.id, content: 'Two' }]);
    expect(server.threadsOf(channel.id)).toMatchObject([{ id: sent.id, name: 'Papers' }]);
    expect(server.messagesIn(thread.id)).toMatchObject([
      { attachments: [{ filename: 'papers.bib', size: 12, content: '@article{é}' }] },
    ]);
    expect((await text.messages.fetch({ message: sent.id, force: true })).hasThread).toBe(true);
    await inside.delete();
    expect(server.messagesIn(thread.id)).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  test('makes a post in a forum with a required tag', async () => {
    const forum = server.addChannel({ guild, type: 'forum', tags: ['Daily'], requireTag: true });
    client = await login(createClient(server), server);
    const found = await client.channels.fetch(forum.id);
    if (found?.type !== ChannelType.GuildForum) throw new Error('It is no forum.');
    const made = await found.threads.create({
      name: 'Papers of today',
      message: { content: 'Hello' },
      appliedTags: found.availableTags.map(({ id }) => id),
    });
    expect(server.messagesIn(made.id)).toMatchObject([{ id: made.id, content: 'Hello' }]);
    expect(server.violations).toEqual([]);
  });

  test('writes to a user in private, until they refuse', async () => {
    const ada = server.addUser();
    client = await login(createClient(server), server);
    const user = await client.users.fetch(ada.id);
    const { channelId } = await user.send('Hello');
    expect(server.messagesIn(channelId)).toMatchObject([{ content: 'Hello' }]);
    ada.dmsClosed = true;
    expect(await refusalOf(user.send('Again'))).toMatchObject({ code: 50007, status: 403 });
  });
});

describe('nonce', () => {
  const body = { content: 'Once', nonce: 'n1', enforce_nonce: true };

  test('the same one gives the same message, in another channel too', async () => {
    const other = server.addChannel({ guild });
    const first = await post(body);
    expect(await post({ ...body, content: 'Other' })).toMatchObject({ id: first.id });
    expect(await post(body, other.id)).toMatchObject({ id: first.id, channel_id: channel.id });
    expect(server.messagesIn(channel.id)).toHaveLength(1);
    expect(server.messagesIn(other.id)).toHaveLength(0);
  });

  test('it is forgotten after a few minutes, and not asked for without enforce_nonce', async () => {
    const first = await post(body);
    const second = await post({ ...body, enforce_nonce: false });
    server.clock.advance(5 * 60_000 + 1);
    const third = await post(body);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });

  test('that of a deleted message is answered with Unknown Message', async () => {
    const { id } = await post(body);
    await rest.delete(`/channels/${channel.id}/messages/${id}`);
    expect(await refusalOf(post(body))).toMatchObject({ code: 10008, status: 404 });
  });

  test('with discord.js’s blind retries, a broken answer still leaves one copy', async () => {
    const retrying = createRest(server, { retries: 3 });
    server.fail({ kind: 'status', status: 500, acted: true }, { times: 3 });
    const route = `/channels/${channel.id}/messages` as const;
    await retrying.post(route, { body });
    expect(server.requests.map(({ status }) => status)).toEqual([500, 500, 500, 200]);
    expect(server.messagesIn(channel.id)).toHaveLength(1);
    server.fail({ kind: 'reset', acted: true });
    await rest.post(route, { body: { content: 'Two' } }).catch(() => undefined);
    expect(server.messagesIn(channel.id)).toHaveLength(2);
    server.fail({ kind: 'hang', acted: true });
    const impatient = createRest(server, { retries: 0, timeout: 50 });
    await expect(impatient.post(route, { body: { content: 'Three' } })).rejects.toThrow(/abort/i);
    expect(server.messagesIn(channel.id)).toHaveLength(3);
  });
});

const row = (count: number, name = 'save') => ({
  type: 1,
  components: Array.from({ length: count }, (_, index) => ({
    type: 2,
    style: 2,
    label: 'Save',
    custom_id: `${name} ${index}`,
  })),
});
const display = (content: string) => ({ type: 10, content });
const V2 = 1 << 15;

test.each<[what: string, body: unknown, code: number, fields?: string[]]>([
  ['nothing', {}, 50006],
  ['only space', { content: ' \n ' }, 50006],
  ['2,001 characters', { content: 'x'.repeat(2_001) }, 50035, ['content BASE_TYPE_MAX_LENGTH']],
  [
    'a title of 257',
    { embeds: [{ title: 'x'.repeat(257) }] },
    50035,
    ['embeds.0.title BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'a description of 4,097',
    { embeds: [{ description: 'x'.repeat(4_097) }] },
    50035,
    ['embeds.0.description BASE_TYPE_MAX_LENGTH'],
  ],
  [
    '6,001 characters of embeds',
    { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
    50035,
    ['embeds MAX_EMBED_SIZE_EXCEEDED'],
  ],
  [
    'eleven embeds',
    { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) },
    50035,
    ['embeds BASE_TYPE_MAX_LENGTH'],
  ],
  [
    '26 fields',
    { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'a', value: 'b' })) }] },
    50035,
    ['embeds.0.fields BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'a field without a value',
    { embeds: [{ fields: [{ name: 'a', value: '' }] }] },
    50035,
    ['embeds.0.fields.0.value BASE_TYPE_REQUIRED'],
  ],
  [
    'a link of a strange scheme',
    { embeds: [{ title: 'x', url: 'javascript:alert(1)' }] },
    50035,
    ['embeds.0.url URL_TYPE_INVALID_SCHEME'],
  ],
  [
    'six rows',
    { content: 'x', components: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => row(1, name)) },
    50035,
    ['components BASE_TYPE_BAD_LENGTH'],
  ],
  [
    'six buttons in a row',
    { content: 'x', components: [row(6)] },
    50035,
    ['components.0.components BASE_TYPE_MAX_LENGTH'],
  ],
  [
    'two buttons of one id',
    { content: 'x', components: [row(1), row(1)] },
    50035,
    ['components COMPONENT_CUSTOM_ID_DUPLICATED'],
  ],
  [
    'a label of 81',
    {
      content: 'x',
      components: [
        {
          type: 1,
          components: [{ type: 2, style: 2, label: 'x'.repeat(81), custom_id: 'y'.repeat(101) }],
        },
      ],
    },
    50035,
    [
      'components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH',
      'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
    ],
  ],
  [
    'a text display without the flag',
    { components: [display('x')] },
    50035,
    ['components.0.type UNION_TYPE_CHOICES'],
  ],
  [
    'content beside Components V2',
    { flags: V2, content: 'x', components: [display('x')] },
    50035,
    ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
  ],
  [
    '41 components in all',
    {
      flags: V2,
      components: [{ type: 17, components: Array.from({ length: 40 }, () => display('x')) }],
    },
    50035,
    ['components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'],
  ],
  [
    '4,001 characters of text displays',
    { flags: V2, components: [display('x'.repeat(4_000)), display('x')] },
    50035,
    ['components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED'],
  ],
  [
    'parse and users at once',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    50035,
    ['allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE'],
  ],
  ['a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }, 50035, ['nonce BASE_TYPE_MAX_LENGTH']],
  [
    'an answer to a message that is not there',
    { content: 'x', message_reference: { message_id: '1' } },
    50035,
    ['message_reference REPLIES_UNKNOWN_MESSAGE'],
  ],
])('refuses %s', async (_what, body, code, fields = []) => {
  const refusal = await refusalOf(post(body));
  expect({ ...refusal, fields: refusal.fields.sort() }).toEqual({ code, status: 400, fields });
});

test('takes what is just within the limits, as Discord’s own description does', async () => {
  await post({
    content: 'x'.repeat(2_000),
    embeds: [{ title: 'x'.repeat(256), description: 'y'.repeat(4_096) }],
    components: Array.from({ length: 5 }, (_, at) => ({
      type: 1,
      components: [{ type: 2, style: 5, label: 'x'.repeat(80), url: `https://arxiv.org/${at}` }],
    })),
    nonce: 'n'.repeat(25),
    enforce_nonce: true,
    allowed_mentions: { parse: [] },
  });
  const section = {
    type: 9,
    components: [display('A title')],
    accessory: { type: 11, media: { url: 'https://cdn-thumbnails.huggingface.co/x.png' } },
  };
  const container = { type: 17, components: [section, { type: 14 }, row(5), display('Why')] };
  await post({ flags: V2, components: [container, display('x'.repeat(3_989))] });
  expect(server.messagesIn(channel.id)[1]?.components[0]).toMatchObject({ id: 1 });
  expect(server.violations).toEqual([]);
});

test('an embed of an address that came before is not shown', async () => {
  const url = 'https://arxiv.org';
  await post({ embeds: [{ title: 'One', url }, { title: 'Two', url }, { title: 'Three' }] });
  expect(server.messagesIn(channel.id)[0]?.embeds).toMatchObject([
    { title: 'One' },
    { title: 'Three' },
  ]);
});

test('tells whom a message notified, in text and in text displays, never in embeds', async () => {
  const content = '@everyone <@1> <@&2>';
  await post({ content });
  await post({ content, allowed_mentions: { parse: [] } });
  await post({ content, allowed_mentions: { parse: ['roles'], users: ['1'] } });
  await post({ embeds: [{ description: content }] });
  await post({ flags: V2, components: [display(content)] });
  const everyone = ['everyone', 'user:1', 'role:2'];
  expect(server.messagesIn(channel.id).map(({ pings }) => pings)).toEqual([
    everyone,
    [],
    ['user:1', 'role:2'],
    [],
    everyone,
  ]);
});

describe('permissions', () => {
  const all: readonly Permission[] = [
    'VIEW_CHANNEL',
    'SEND_MESSAGES',
    'EMBED_LINKS',
    'READ_MESSAGE_HISTORY',
    'CREATE_PUBLIC_THREADS',
    'SEND_MESSAGES_IN_THREADS',
    'ADD_REACTIONS',
    'ATTACH_FILES',
  ];

  test.each<[lacking: Permission, code: number, act: (at: string, id: string) => Promise<unknown>]>(
    [
      ['VIEW_CHANNEL', 50001, (at) => post({ content: 'x' }, at)],
      ['SEND_MESSAGES', 50013, (at) => post({ content: 'x' }, at)],
      ['EMBED_LINKS', 50013, (at) => post({ embeds: [{ title: 'x' }] }, at)],
      [
        'CREATE_PUBLIC_THREADS',
        50013,
        (at, id) => rest.post(`/channels/${at}/messages/${id}/threads`, { body: { name: 'x' } }),
      ],
      [
        'ADD_REACTIONS',
        50013,
        (at, id) => rest.put(`/channels/${at}/messages/${id}/reactions/%F0%9F%94%96/@me`),
      ],
      [
        'ATTACH_FILES',
        50013,
        (at) =>
          rest.post(`/channels/${at}/messages`, {
            body: { content: 'x' },
            files: [{ data: Buffer.from('x'), name: 'x.txt' }],
          }),
      ],
      [
        'READ_MESSAGE_HISTORY',
        160002,
        (at, id) => post({ content: 'x', message_reference: { message_id: id } }, at),
      ],
    ],
  )('without %s Discord answers %i', async (lacking, code, act) => {
    const place = server.addChannel({ guild, permissions: all });
    const { id } = await post({ content: 'x', embeds: [{ title: 'x' }] }, place.id);
    server.setPermissions(
      place,
      all.filter((each) => each !== lacking),
    );
    expect(await refusalOf(act(place.id, id))).toMatchObject({ code, status: 403 });
  });

  test('SEND_MESSAGES says nothing about threads', async () => {
    const place = server.addChannel({ guild, permissions: ['VIEW_CHANNEL', 'SEND_MESSAGES'] });
    const thread = server.addThread(place, { name: 'x' });
    expect(await refusalOf(post({ content: 'x' }, thread.id))).toMatchObject({ code: 50013 });
    server.setPermissions(place, ['VIEW_CHANNEL', 'SEND_MESSAGES_IN_THREADS']);
    await post({ content: 'x' }, thread.id);
  });

  test('a server that the bot was thrown out of is closed to it', async () => {
    server.removeBot(guild);
    expect(await refusalOf(post({ content: 'x' }))).toMatchObject({ code: 50001 });
    expect(await refusalOf(rest.get(`/guilds/${guild.id}`))).toMatchObject({ code: 10004 });
  });
});

describe('places', () => {
  test('a deleted channel is unknown, and so are its threads', async () => {
    const thread = server.addThread(channel, { name: 'x' });
    server.deleteChannel(channel);
    expect(await refusalOf(post({ content: 'x' }))).toMatchObject({ code: 10003, status: 404 });
    expect(await refusalOf(post({ content: 'x' }, thread.id))).toMatchObject({ code: 10003 });
  });

  test('sending opens an archived thread, but not a locked one; editing opens none', async () => {
    const thread = server.addThread(channel, { name: 'x' });
    const { id } = await post({ content: 'x' }, thread.id);
    const edit = () =>
      rest.patch(`/channels/${thread.id}/messages/${id}`, { body: { content: 'y' } });
    server.setThread(thread, { archived: true });
    expect(await refusalOf(edit())).toMatchObject({ code: 50083 });
    await post({ content: 'x' }, thread.id);
    expect(thread.thread?.archived).toBe(false);
    server.setThread(thread, { locked: true });
    expect(await refusalOf(post({ content: 'x' }, thread.id))).toMatchObject({ code: 160005 });
    server.setThread(thread, { archived: true });
    expect(await refusalOf(post({ content: 'x' }, thread.id))).toMatchObject({ code: 50083 });
  });

  test('a forum takes posts with a known tag, and no messages', async () => {
    const forum = server.addChannel({ guild, type: 'forum', tags: ['Daily'], requireTag: true });
    const start = (more: object) =>
      rest.post(`/channels/${forum.id}/threads`, {
        body: { name: 'x', message: { content: 'x' }, ...more },
      });
    expect(await refusalOf(post({ content: 'x' }, forum.id))).toMatchObject({ code: 40058 });
    expect(await refusalOf(start({}))).toMatchObject({ code: 40067 });
    expect(await refusalOf(start({ applied_tags: ['1'] }))).toMatchObject({ code: 10087 });
    const tagged = { applied_tags: forum.tags.map(({ id }) => id) };
    expect(await refusalOf(start({ ...tagged, message: {} }))).toMatchObject({ code: 50006 });
  });

  test('a message has one thread, and a server a number of active ones', async () => {
    const { id } = await post({ content: 'x' });
    const open = (message: string) =>
      rest.post(`/channels/${channel.id}/messages/${message}/threads`, { body: { name: 'x' } });
    await open(id);
    expect(await refusalOf(open(id))).toMatchObject({ code: 160004 });
    for (let count = 1; count < 1_000; count++) server.addThread(channel, { name: 'x' });
    const next = await post({ content: 'x' });
    expect(await refusalOf(open(next.id))).toMatchObject({ code: 160006 });
  });

  test('threads in which nobody writes are archived, each after its own time', async () => {
    const idle = server.addThread(channel, { name: 'idle', autoArchiveMinutes: 60 });
    const slow = server.addThread(channel, { name: 'slow', autoArchiveMinutes: 4_320 });
    const used = server.addThread(channel, { name: 'used', autoArchiveMinutes: 60 });
    server.clock.advance(3_000_000);
    await post({ content: 'still here' }, used.id);
    server.clock.advance(3_000_000);
    const { id } = await post({ content: 'x' });
    await rest.post(`/channels/${channel.id}/messages/${id}/threads`, { body: { name: 'new' } });
    expect([idle, slow, used].map(({ thread }) => thread?.archived)).toEqual([true, false, false]);
  });

  test('only messages of announcement channels are crossposted, once', async () => {
    const news = server.addChannel({ guild, type: 'announcement' });
    const publish = (at: string, id: string) =>
      rest.post(`/channels/${at}/messages/${id}/crosspost`);
    const plain = await post({ content: 'x' });
    expect(await refusalOf(publish(channel.id, plain.id))).toMatchObject({ code: 50024 });
    const { id } = await post({ content: 'x' }, news.id);
    await publish(news.id, id);
    expect(await refusalOf(publish(news.id, id))).toMatchObject({ code: 40033 });
  });
});

test('lists messages newest first, by page', async () => {
  const ada = server.addUser();
  const ids = Array.from({ length: 120 }, () => server.write(channel, ada.id, 'x').id);
  const page = async (query: string) => {
    const found = await rest.get(`/channels/${channel.id}/messages`, {
      query: new URLSearchParams(query),
    });
    return (found as Posted[]).map(({ id }) => ids.indexOf(id));
  };
  const down = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, index) => from - index);
  expect(await page('')).toEqual(down(119, 70));
  expect(await page(`limit=100&before=${ids[110]}`)).toEqual(down(109, 10));
  expect(await page(`limit=5&after=${ids[3]}`)).toEqual(down(8, 4));
  const tooMany = rest.get(`/channels/${channel.id}/messages?limit=101`);
  expect(await refusalOf(tooMany)).toMatchObject({ code: 50035 });
});

describe('reactions', () => {
  const bookmark = encodeURIComponent('🔖');

  test('users of one come by id, a hundred a page', async () => {
    const { id } = await post({ content: 'x' });
    const users = Array.from({ length: 150 }, () => server.addUser({ guilds: [guild] }));
    for (const user of [...users].reverse()) {
      server.react({ channelId: channel.id, id }, '🔖', user.id);
    }
    const path = `/channels/${channel.id}/messages/${id}/reactions/${bookmark}` as const;
    const first = (await rest.get(`${path}?limit=100`)) as Posted[];
    const after = first.at(-1)?.id ?? '';
    const second = (await rest.get(`${path}?limit=100&after=${after}`)) as Posted[];
    const ids = [...first, ...second].map((user) => user.id);
    expect(first).toHaveLength(100);
    expect(ids).toEqual(users.map((user) => user.id));
  });

  test('a message takes twenty emoji, and only emoji', async () => {
    const { id } = await post({ content: 'x' });
    const react = (emoji: string) =>
      rest.put(`/channels/${channel.id}/messages/${id}/reactions/${encodeURIComponent(emoji)}/@me`);
    const animals = '🐀 🐁 🐂 🐃 🐄 🐅 🐆 🐇 🐈 🐉 🐊 🐋 🐌 🐍 🐎 🐏 🐐 🐑 🐒 🐓'.split(' ');
    for (const animal of animals) {
      server.react({ channelId: channel.id, id }, animal, guild.ownerId);
    }
    expect(await refusalOf(react('🔖'))).toMatchObject({ code: 30010 });
    await react('🐀');
    expect(await refusalOf(react('bookmark'))).toMatchObject({ code: 10014 });
  });
});

test('another’s message can’t be edited, an unknown one neither', async () => {
  const { id } = server.write(channel, guild.ownerId, 'x');
  const edit = (message: string) =>
    rest.patch(`/channels/${channel.id}/messages/${message}`, { body: { content: 'y' } });
  expect(await refusalOf(edit(id))).toMatchObject({ code: 50005 });
  expect(await refusalOf(edit('1'))).toMatchObject({ code: 10008 });
});

test('a message keeps its Components V2 flag, so content stays refused', async () => {
  const { id } = await post({ flags: V2, components: [display('x')] });
  const edit = rest.patch(`/channels/${channel.id}/messages/${id}`, { body: { content: 'y' } });
  expect(await refusalOf(edit)).toMatchObject({
    fields: ['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'],
  });
});
