import { afterEach, describe, expect, it, vi } from 'vitest';
import { paragraph, type Message } from '../../src/core/message.ts';
import type { ChannelRef, ChatPlatform } from '../../src/core/platform.ts';
import { connect, disconnect } from '../../src/discord/connection.ts';
import { fromCustomId, toCustomId, toNonce } from '../../src/discord/custom-id.ts';
import { createHandlers } from '../../src/discord/handlers.ts';
import { createHealth } from '../../src/discord/health.ts';
import { createWire } from '../../src/discord/wire.ts';
import { createRecordingInbox, type RecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage, paperMessage } from '../fixtures/messages.ts';
import type { Channel } from '../fakes/discord-server/world.ts';
import { failureOf, openScene, until, type Scene, type SceneOptions } from './open-discord.ts';
import { customIdOf, wordsOf } from './screen.ts';

// The numbers are those of the list of faults in the delivery design.

let scene: Scene;
let inbox: RecordingInbox;

async function open(options: SceneOptions = {}): Promise<Scene> {
  scene = await openScene(options);
  inbox = createRecordingInbox();
  await scene.platform.start(inbox, definitions);
  return scene;
}

afterEach(async () => {
  vi.useRealTimers();
  await scene.close();
});

/** Lets so much time pass for the bot, discord.js and the server alike. */
function pass(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
}

const POSTS = /^POST \/channels\/\d+\/(messages|threads)$/;
const FREE: SceneOptions['server'] = {
  rates: {
    default: { limit: 100_000, perMs: 1_000 },
    'POST /channels/:channel/messages': { limit: 100_000, perMs: 1_000 },
  },
  globalPerSecond: 100_000,
};

/** A message with a button, as every page of a digest has. */
function page(line: string): Message {
  const buttons = [{ label: 'Save', command: 'save', args: { paper: '2405.14906' } }];
  return { summary: line, blocks: [paragraph(line), { type: 'actions', buttons }] };
}

function post(key: string, attemptedAt?: Date, platform: ChatPlatform = scene.platform) {
  return postIn(scene.ref, key, attemptedAt, platform);
}

function postIn(ref: ChannelRef, key: string, attemptedAt?: Date, platform = scene.platform) {
  return platform.post(ref, page(key), { key, ...(attemptedAt && { attemptedAt }) });
}

/** The bot as it is after a SIGKILL: nothing is left of the first process but what it wrote down. */
async function restart(): Promise<ChatPlatform> {
  const platform = scene.again();
  await platform.start(createRecordingInbox(inbox.facts), definitions);
  return platform;
}

function now(): Date {
  return new Date(scene.server.clock.now());
}

function shown(channel: Channel = scene.channel): string[] {
  return scene.server.messagesIn(channel.id).map((message) => wordsOf(message).split('\n')[0]!);
}

function sentPosts() {
  return scene.server.requests.filter(({ method, path }) => POSTS.test(`${method} ${path}`));
}

/** Resolves once the bot was told of a channel where something is missing. */
async function known(channel: Channel): Promise<void> {
  const isTold = async () => {
    const problems = (await scene.platform.problems?.(refOf(channel))) ?? [];
    return problems.length > 0;
  };
  while (!(await isTold())) await new Promise((resolve) => setTimeout(resolve, 20));
}

function refOf(channel: Channel): ChannelRef {
  return { platform: 'discord', tenant: channel.guildId ?? '@me', channel: channel.id };
}

describe('A message stands once', () => {
  it('3: after a kill between Discord’s acceptance and our record', async () => {
    await open();
    const attempted = now();
    const first = await post('a');
    expect(await post('a', attempted, await restart())).toEqual(first);
    expect(shown()).toEqual(['a']);
  });

  it('5: after a kill between two pages, and the second one follows in order', async () => {
    await open();
    await post('a');
    const platform = await restart();
    await post('a', now(), platform);
    await post('b', undefined, platform);
    expect(shown()).toEqual(['a', 'b']);
  });

  it('6: when the answer never comes', async () => {
    const { server } = await open({ settings: { timeoutMs: 150 } });
    server.fail({ kind: 'hang', acted: true }, { on: POSTS });
    const attempted = now();
    expect((await failureOf(post('a'))).kind).toBe('unknown-outcome');
    await post('b');
    await post('a', attempted);
    expect(shown()).toEqual(['a', 'b']);
  });

  it('7: when the connection breaks after it was accepted', async () => {
    const { server } = await open();
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
    const attempted = now();
    expect((await failureOf(post('a'))).kind).toBe('unknown-outcome');
    await post('a', attempted);
    expect(shown()).toEqual(['a']);
  });

  it('8: after four answers of 500 that were accepted all the same', async () => {
    const { server, guild } = await open();
    // Where we may not look, so that the nonce alone must do.
    const channel = server.addChannel({ guild, permissions: ['VIEW_CHANNEL', 'SEND_MESSAGES'] });
    await known(channel);
    server.fail({ kind: 'status', status: 500, acted: true }, { on: POSTS, times: 4 });
    const attempted = now();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const failure = await failureOf(postIn(refOf(channel), 'a', attempted));
      expect(failure.kind).toBe('unknown-outcome');
    }
    await postIn(refOf(channel), 'a', attempted);
    expect(shown(channel)).toEqual(['a']);
    expect(sentPosts()).toHaveLength(5);
  });

  it.each([
    ['ran ahead', -3_600_000],
    ['was late', 3_600_000],
  ])(
    '40: under a clock that %s when it was tried, and after the nonce’s time',
    async (_, wrong) => {
      const { server } = await open();
      server.fail({ kind: 'reset', acted: true }, { on: POSTS });
      await failureOf(post('a'));
      server.clock.advance(10 * 60_000);
      await post('a', new Date(now().getTime() - wrong), await restart());
      expect(shown()).toEqual(['a']);
      expect(sentPosts()).toHaveLength(1);
    },
  );

  it('16: and stays deleted where someone has deleted it before we knew', async () => {
    await open();
    const attempted = now();
    const { message } = await post('a');
    scene.channel.messages.delete(message);
    expect((await post('a', attempted, await restart())).message).toBe('0');
    expect(shown()).toEqual([]);
  });

  it('17: in its own channel, when Discord answers with another channel’s message', async () => {
    const { server, guild, channel, log } = await open();
    const other = server.addChannel({ guild });
    await fetch(`${server.url}/v10/channels/${other.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        content: 'another',
        nonce: toNonce(channel.id, 'a', 0),
        enforce_nonce: true,
      }),
    });
    await post('a');
    expect([shown(), shown(other)]).toEqual([['a'], ['another']]);
    expect(log.lines.join()).toContain('error page the operator');
  });

  it.each([
    ['by its button', page('a')],
    ['by its words', lineMessage('a')],
  ])('18: when the nonce is forgotten, found %s', async (_, message) => {
    const { server, platform, ref } = await open();
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
    const attemptedAt = now();
    await failureOf(platform.post(ref, message, { key: 'a' }));
    server.clock.advance(10 * 60_000);
    const later = await restart();
    const { message: id } = await later.post(ref, message, { key: 'a', attemptedAt });
    expect(scene.server.messagesIn(ref.channel).map((each) => each.id)).toEqual([id]);
    expect(sentPosts()).toHaveLength(1);
  });

  it('18: and is posted late when it never was', async () => {
    const { server } = await open();
    const attempted = now();
    server.clock.advance(10 * 60_000);
    await post('a', attempted);
    expect(shown()).toEqual(['a']);
  });

  it('18: or not at all, where we may not look', async () => {
    const { server, guild } = await open();
    const channel = server.addChannel({ guild, permissions: ['VIEW_CHANNEL', 'SEND_MESSAGES'] });
    await known(channel);
    const attempted = now();
    server.clock.advance(10 * 60_000);
    const error = await failureOf(postIn(refOf(channel), 'a', attempted));
    expect(error).toMatchObject({ kind: 'no-access' });
    expect(error.message).toContain('Read Message History');
    expect(shown(channel)).toEqual([]);
    const options = { key: 'a', attemptedAt: attempted, released: true };
    await scene.platform.post(refOf(channel), page('a'), options);
    expect(shown(channel)).toEqual(['a']);
  });

  it('in a thread with the digest’s name, when it opens after a kill', async () => {
    const { server, channel, ref } = await open();
    const title = 'Papers of [Monday], *2 of 3*';
    const digest: Message = { summary: 'x', blocks: [{ type: 'heading', text: title }] };
    const thread = await scene.platform.post(ref, digest, { key: 'overview' });
    const paper = paperMessage('2405.14906');
    await (await restart()).post(ref, paper, { key: 'paper', thread });
    expect(server.threadsOf(channel.id).map(({ name }) => name)).toEqual([title]);
  });

  it('19: as one post of a forum, which has no nonce', async () => {
    const { server, guild } = await open();
    const tags = ['questions', 'papers'];
    const forum = server.addChannel({ guild, type: 'forum', tags, requireTag: true });
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
    const attempted = now();
    await failureOf(postIn(refOf(forum), 'a', attempted));
    const ref = await postIn(refOf(forum), 'a', attempted, await restart());
    const threads = server.threadsOf(forum.id);
    expect(threads.map(({ id }) => id)).toEqual([ref.message]);
    expect(threads[0]?.thread?.appliedTags).toEqual([forum.tags[1]?.id]);
    await scene.platform.post(refOf(forum), page('b'), {
      key: 'b',
      thread: { ...refOf(forum), message: ref.message },
    });
    expect(shown(threads[0])).toEqual(['a', 'b']);
  });
});

describe('Discord is spared', () => {
  it('9: by one request an attempt while it is down, and used when it is back', async () => {
    const { server } = await open();
    server.fail({ kind: 'status', status: 502 }, { on: POSTS, times: 3 });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect((await failureOf(post('a'))).kind).toBe('unavailable');
      expect(sentPosts()).toHaveLength(attempt);
    }
    await post('a');
    expect(shown()).toEqual(['a']);
  });

  it('10: by the one channel that has to wait', async () => {
    const { server, guild } = await open();
    server.fail({ kind: 'rate-limit', scope: 'user', retryAfterMs: 65_000 }, { on: POSTS });
    const other = server.addChannel({ guild });
    const wanted = { kind: 'rate-limited', retryAfterMs: 65_000 };
    expect(await failureOf(post('a'))).toMatchObject(wanted);
    await postIn(refOf(other), 'b');
    const count = sentPosts().length;
    pass(60_000);
    expect((await failureOf(post('a'))).retryAfterMs).toBeGreaterThan(4_000);
    expect(sentPosts()).toHaveLength(count);
    pass(5_100);
    await post('a');
    expect([shown(), shown(other)]).toEqual([['a'], ['b']]);
    expect(server.countOf429()).toBe(1);
  });

  it('11: by everything, until a global limit is over', async () => {
    const { server, guild } = await open();
    server.fail({ kind: 'rate-limit', scope: 'global', retryAfterMs: 1_000 }, { on: POSTS });
    const others = [server.addChannel({ guild }), server.addChannel({ guild })];
    expect(await failureOf(post('a'))).toMatchObject({ kind: 'rate-limited' });
    const from = server.clock.now();
    await Promise.all(others.map((channel) => postIn(refOf(channel), 'b')));
    const later = sentPosts().slice(1);
    expect(later).toHaveLength(2);
    for (const { at } of later) expect(at - from).toBeGreaterThan(900);
    expect(server.countOf429()).toBe(1);
  });

  it('11: and come at their pace once it is over, not all at once', async () => {
    const { server, guild } = await open({ settings: { requestsPerSecond: 20 } });
    server.fail({ kind: 'rate-limit', scope: 'global', retryAfterMs: 1_000 }, { on: POSTS });
    const others = Array.from({ length: 10 }, () => server.addChannel({ guild }));
    await Promise.allSettled([post('a'), ...others.map((channel) => postIn(refOf(channel), 'b'))]);
    const times = sentPosts().map(({ at }) => at);
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 250).length),
    );
    expect(times).toHaveLength(11);
    expect(most).toBeLessThanOrEqual(7);
  });

  it('12: without a mark against us, where the limit is shared with others', async () => {
    const { server, guild } = await open();
    server.fail({ kind: 'rate-limit', scope: 'shared', retryAfterMs: 1_337_000 }, { on: POSTS });
    expect(await failureOf(post('a'))).toMatchObject({ retryAfterMs: 1_337_000 });
    const other = server.addChannel({ guild });
    await postIn(refOf(other), 'b');
    pass(1_337_100);
    await post('a');
    expect([shown(), shown(other)]).toEqual([['a'], ['b']]);
    expect([server.countOf429('shared'), server.invalidRequests]).toEqual([1, 0]);
  });

  it('13: for good, once it refuses the token', async () => {
    const { server, log } = await open();
    server.revokeToken();
    await failureOf(post('a'));
    const count = server.requests.length;
    const { kind, message } = await failureOf(post('b'));
    expect([kind, message]).toEqual(['unavailable', expect.stringContaining('DISCORD_TOKEN')]);
    expect(server.requests).toHaveLength(count);
    expect(log.lines.join()).toContain('error page the operator');
  });

  it('14: where we know that we may not post', async () => {
    const { server, guild } = await open();
    const channels = Array.from({ length: 2_000 }, () =>
      server.addChannel({ guild, permissions: ['VIEW_CHANNEL'] }),
    );
    await known(channels.at(-1)!);
    const errors = await Promise.all(channels.map((each) => failureOf(postIn(refOf(each), 'a'))));
    expect(new Set(errors.map(({ kind }) => kind))).toEqual(new Set(['no-access']));
    expect(errors[0]?.message).toContain('Send Messages');
    expect(server.invalidRequests).toBe(0);
    expect(sentPosts()).toEqual([]);
  });

  it('14: before it has refused 5,000 requests in ten minutes', async () => {
    const { server, platform, ref } = await open({
      server: FREE,
      settings: { requestsPerSecond: 100_000 },
    });
    server.fail({ kind: 'status', status: 403, code: 50013 }, { on: POSTS, times: 5_500 });
    const channels = Array.from({ length: 500 }, () => server.addChannel({ guild: scene.guild }));
    await Promise.all(
      channels.map(async (channel) => {
        for (let index = 0; index < 10; index += 1) {
          await failureOf(postIn(refOf(channel), `${index}`));
        }
      }),
    );
    expect(server.invalidRequests).toBeLessThan(5_000);
    const error = await failureOf(platform.post(ref, page('x'), { key: 'x' }));
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(error.retryAfterMs).toBeGreaterThan(500_000);
  }, 60_000);

  it('32: by a crash loop of 20 starts, which connects 5 times', async () => {
    await open();
    const platforms: ChatPlatform[] = [];
    const waits = () => scene.log.lines.filter((line) => line.includes('it waits')).length;
    for (let start = 1; start < 20; start += 1) {
      const platform = scene.again();
      platforms.push(platform);
      const starting = platform.start(createRecordingInbox(inbox.facts), definitions);
      const before = waits();
      await Promise.race([starting, until(() => waits() > before)]);
      void starting.catch(() => undefined);
      await platform.stop();
    }
    expect(scene.server.gateway.budget.used).toBeLessThanOrEqual(5);
  });

  it('40: by no wait for starts under a clock that was set back since', async () => {
    await open();
    const ahead = new Date(now().getTime() + 172_800_000).getTime();
    const times = JSON.stringify([1, 2, 3, 4, 5].map((minute) => ahead + minute * 60_000));
    inbox.facts.set('discord|connections', times);
    await (await restart()).stop();
    expect(scene.log.lines.join()).not.toContain('waits to connect');
  });

  it('by no connection with a token that it refuses', async () => {
    scene = await openScene({ settings: { token: 'wrong' } });
    const error = await failureOf(scene.platform.start(createRecordingInbox(), definitions));
    expect(error.message).toMatch(/refuses the bot’s token: .* DISCORD_TOKEN/);
    expect(scene.server.gateway.budget.used).toBe(0);
  });

  it('by no connection when few are left for the day', async () => {
    scene = await openScene();
    scene.server.gateway.budget.leave(49);
    const start = scene.platform.start(createRecordingInbox(), definitions);
    expect((await failureOf(start)).message).toMatch(/only 49 more connections/);
    expect(scene.server.gateway.budget.used).toBe(0);
  });
});

describe('15: a place that can’t be posted in is named', () => {
  it('a deleted channel', async () => {
    const { server, channel, ref } = await open();
    server.deleteChannel(channel);
    await until(() => inbox.places.some(({ kind }) => kind === 'left'));
    expect(inbox.places.at(-1)).toMatchObject({ kind: 'left', place: { channel: ref.channel } });
    expect(await failureOf(post('a'))).toMatchObject({ kind: 'channel-gone' });
  });

  it('a locked thread, and others go on', async () => {
    const { server, channel, platform } = await open();
    const thread = server.addThread(channel, { name: 'old', ownerId: scene.ada });
    server.setThread(thread, { archived: true, locked: true });
    const error = await failureOf(postIn(refOf(thread), 'a'));
    expect(error.kind).toBe('no-access');
    expect(error.message).toContain('locked');
    await platform.post(scene.ref, page('b'), { key: 'b' });
    expect(shown()).toEqual(['b']);
  });

  it('the locked thread of a digest, whose pages alone are given up', async () => {
    const { server, channel, platform } = await open();
    const overview = await post('overview');
    const options = { key: 'a', thread: overview };
    await platform.post(scene.ref, page('a'), options);
    const [thread] = server.threadsOf(channel.id);
    server.setThread(thread!, { archived: true, locked: true });
    const error = await failureOf(platform.post(scene.ref, page('b'), { ...options, key: 'b' }));
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain('locked');
    await post('next');
    expect(shown(channel)).toEqual(['overview', 'next']);
  });

  it('an archived thread opens by itself for a message, and for no edit', async () => {
    const { server, channel } = await open();
    const thread = server.addThread(channel, { name: 'old' });
    server.setThread(thread, { archived: true });
    const ref = await postIn(refOf(thread), 'a');
    await scene.platform.update(ref, page('b'));
    server.setThread(thread, { archived: true });
    const error = await failureOf(scene.platform.update(ref, page('c')));
    expect(error).toMatchObject({ kind: 'no-access', message: 'The thread is at rest.' });
    expect(shown(thread)).toEqual(['b']);
  });
});

describe('The connection', () => {
  it('30: of a zombie is resumed', async () => {
    const { server, ada } = await open({ server: { gateway: { heartbeatMs: 150 } } });
    const { message: id, channel: channelId } = await post('a');
    server.gateway.silence();
    server.react({ channelId, id }, '🔖', ada);
    await until(() => inbox.reactions.length > 0, 'the missed reaction', 15_000);
    expect(server.gateway.received.some(({ op }) => op === 6)).toBe(true);
    expect(server.gateway.budget.used).toBe(1);
  });

  it('30: that is dead without a sign is replaced within two minutes', async () => {
    const { server, ada, log } = await open({ settings: { watchMs: 20 } });
    const { message: id, channel: channelId } = await post('a');
    await new Promise((resolve) => setTimeout(resolve, 100));
    server.gateway.silence();
    server.clock.advance(101_000);
    await until(() => server.gateway.budget.used === 2, 'the new connection');
    expect(log.lines.filter((line) => line.includes('silent'))).toHaveLength(1);
    await until(() => !scene.platform.describe().endsWith('Discord'), 'the servers');
    server.react({ channelId, id }, '🔖', ada);
    await until(() => inbox.reactions.length > 0, 'the reaction');
    await post('b');
  });

  it('31: is made once more when its session is lost, and missed reactions are read', async () => {
    const { server, ada } = await open();
    const ref = await post('a');
    server.addUser({ bot: true });
    inbox.recentMessages = [ref];
    server.gateway.invalidate(false);
    server.react({ channelId: ref.channel, id: ref.message }, '👍🏽', ada);
    server.react({ channelId: ref.channel, id: ref.message }, '🔖', server.bot.id);
    await until(() => inbox.reconciled.length >= 3, 'the reactions', 15_000);
    expect(inbox.reconciled.slice(-3)).toMatchObject([
      { message: ref, emoji: '🔖', readers: [] },
      { message: ref, emoji: '👍', readers: [{ user: ada, tenant: 'discord' }] },
      { message: ref, emoji: '👎', readers: [] },
    ]);
    expect(server.gateway.budget.used).toBe(2);
  }, 30_000);

  it('33: outlives answers that come too late', async () => {
    const { server, channel, ada, log } = await open();
    const today = { name: 'papers', subcommand: 'today' };
    inbox.reply = { private: true, message: lineMessage('hello') };
    for (const [status, code] of [
      [404, 10062],
      [400, 40060],
      [401, 50027],
    ] as const) {
      server.fail({ kind: 'status', status, code }, { on: /callback$/ });
      server.runCommand({ channel, userId: ada }, today);
    }
    await until(() => log.lines.filter((line) => line.includes(':3')).length > 0);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    await server.runCommand({ channel, userId: ada }, today).reply();
    await post('a');
  });

  it('34: outlives a failing listener and a broken event', async () => {
    const { server, guild, log, ada } = await open();
    inbox.reaction = () => Promise.reject(new Error('no'));
    const { message: id, channel: channelId } = await post('a');
    server.react({ channelId, id }, '🔖', ada);
    const d = { message_author_id: server.bot.id, user_id: ada };
    server.dispatch({ t: 'MESSAGE_REACTION_ADD', d, guildId: guild.id });
    const failed = () => log.lines.filter((line) => line.includes('was not handled'));
    await until(() => failed().length === 2, 'both lines');
    await post('b');
  });

  it('34: outlives an error that discord.js emits, and logs no word of it', async () => {
    const { server, log, platform } = await open();
    await platform.stop();
    const clock = () => new Date();
    const ask = () => Promise.reject(new Error('Nobody asks'));
    const { wire } = createWire({ ask, inbox, clock, log });
    const settings = { token: server.token, apiUrl: server.url, requestsPerSecond: 25 };
    const client = await connect(
      { ...settings, crosspost: false, clock, log },
      createHealth(clock, log),
      createHandlers(wire, definitions, () => true),
      { shards: 1, signal: new AbortController().signal },
    );
    client.emit('error', new Error(`a secret: ${server.token}`));
    expect(log.lines.at(-1)).toContain('error discord.js met an error');
    expect(log.lines.join()).not.toContain(server.token);
    await disconnect(client);
  });

  it('takes an outage for one, and a removal for one', async () => {
    const { server, guild, platform, ref } = await open();
    await until(() => inbox.places.length === 1, 'the first sight');
    inbox.places.length = 0;
    server.startOutage(guild);
    while (!(await platform.problems?.(ref))?.join().includes('outage')) await settle();
    expect((await failureOf(post('a'))).kind).toBe('unavailable');
    server.endOutage(guild);
    while ((await platform.problems?.(ref))?.join().includes('outage')) await settle();
    await post('a');
    expect(inbox.places).toEqual([]);
    server.removeBot(guild);
    await until(() => inbox.places.length > 0, 'the removal');
    expect(inbox.places).toEqual([
      { kind: 'left', place: { platform: 'discord', tenant: guild.id } },
    ]);
  });
});

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

describe('Nobody gets at what is not theirs', () => {
  it('48: by a custom id of another server, or a made-up one', async () => {
    const { server, channel, ada, log, ref } = await open();
    const kept = new Map<string, string>();
    const action = { command: 'topic', args: { query: 'x'.repeat(200) } };
    const id = toCustomId({ tenant: 'another', name: 'm' }, 0, action, kept);
    const recall = (key: string) => Promise.resolve(kept.get(key));
    expect(await fromCustomId(id, 'another', recall)).toEqual(action);
    expect(await fromCustomId(id, ref.tenant, recall)).toBeUndefined();
    for (const [key, value] of kept) inbox.facts.set(`discord|action|${key}`, value);
    const { message } = await post('a');
    const posted = channel.messages.get(message)!;
    const before = customIdOf(posted, 'Save');
    const forged = JSON.stringify(posted.components).replace(
      JSON.stringify(before),
      JSON.stringify(id),
    );
    posted.components = JSON.parse(forged) as typeof posted.components;
    const answer = await server.pressButton({ channel, userId: ada }, posted, id).reply();
    expect(wordsOf(answer)).toContain('no longer works');
    expect(inbox.calls).toEqual([]);
    expect(log.lines.join()).toContain('not one of ours');
  });

  it('50: by a log line or an error: no token, address or body is in any', async () => {
    const { server, channel, ada, log } = await open({ settings: { timeoutMs: 150 } });
    const errors: string[] = [];
    for (const fault of [
      { kind: 'status', status: 403, code: 50013 },
      { kind: 'status', status: 500 },
      { kind: 'reset' },
      { kind: 'hang' },
    ] as const) {
      server.fail(fault, { on: POSTS });
      const { message, cause } = await failureOf(post('secret words'));
      errors.push(message, JSON.stringify(cause ?? null));
      server.fail(fault, { on: /callback$/ });
      inbox.reply = { private: true, message: lineMessage('secret words') };
      server.runCommand({ channel, userId: ada }, { name: 'papers', subcommand: 'today' });
    }
    await until(() => log.lines.filter((line) => line.includes('not answered')).length >= 4);
    const all = [...errors, ...log.lines].join('\n');
    for (const secret of [
      server.token,
      'secret words',
      'aW50ZXJhY3Rpb24',
      server.url,
      '/webhooks/',
    ]) {
      expect(all).not.toContain(secret);
    }
  });

  it('44: with a title that tries everything', async () => {
    const { platform, ref, channel } = await open();
    const title =
      '@everyone <@1> <!channel> [x](http://evil.example) \u202E ' + 'long '.repeat(2_000);
    await platform.post(ref, paperMessage(title), { key: 'a' });
    const [message] = [...channel.messages.values()];
    expect(message?.pings).toEqual([]);
    expect(JSON.stringify(message?.components)).not.toMatch(/\]\(http:\/\/evil/);
  });
});
