import { afterEach, describe, expect, it } from 'vitest';
import { paragraph, type Message } from '../../src/core/message.ts';
import type { ChatPlatform } from '../../src/core/platform.ts';
import { createRecordingInbox, type RecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage, papersMessage } from '../fixtures/messages.ts';
import { failureOf, openScene, until, type Scene, type SceneOptions } from './open-discord.ts';
import { wordsOf } from './screen.ts';

const POSTS = /^POST \/channels\/\d+\/(messages|threads)$/;
const TEN_MINUTES_MS = 600_000;
const TODAY = { name: 'papers', subcommand: 'today' };

let scene: Scene;
let inbox: RecordingInbox;

async function open(options: SceneOptions = {}): Promise<Scene> {
  scene = await openScene(options);
  inbox = createRecordingInbox();
  await scene.platform.start(inbox, definitions);
  return scene;
}

afterEach(() => scene.close());

function post(message: Message, key: string, more = {}, platform: ChatPlatform = scene.platform) {
  return platform.post(scene.ref, message, { key, ...more });
}

async function restart(): Promise<ChatPlatform> {
  const platform = scene.again();
  await platform.start(createRecordingInbox(inbox.facts), definitions);
  return platform;
}

function now(): Date {
  return new Date(scene.server.clock.now());
}

/** A card with a button: what every page of a digest is found again by. */
const titles = Array.from({ length: 24 }, (_, index) => `Paper ${index + 1}.`);

function shown(channel = scene.channel.id): string {
  return scene.server.messagesIn(channel).map(wordsOf).join('\n');
}

function times(title: string): number {
  return shown().split(title).length - 1;
}

describe('A message of several pages', () => {
  it('stands once, though a later page failed and the first nonce is long forgotten', async () => {
    const { server } = await open();
    await post(papersMessage(titles), 'warm');
    const before = server.messagesIn(scene.channel.id).length;
    expect(before).toBeGreaterThan(1);
    const attempted = now();
    let sent = 0;
    const message = papersMessage(titles.map((title) => `Other ${title}`));
    const attempt = post(message, 'a');
    void attempt.catch(() => undefined);
    await until(() => (sent = server.messagesIn(scene.channel.id).length) > before, 'a page');
    server.fail({ kind: 'status', status: 502 }, { on: POSTS });
    const failure = await failureOf(attempt);
    expect([failure.kind, sent > before]).toEqual(['unknown-outcome', true]);
    server.clock.advance(TEN_MINUTES_MS);
    await post(message, 'a', { attemptedAt: attempted }, await restart());
    for (const title of titles) expect([title, times(`Other ${title}`)]).toEqual([title, 1]);
  });
});

describe('A message whose fate is unknown', () => {
  it('is found below any amount of talk', async () => {
    const { server, channel, ada } = await open();
    const attempted = now();
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
    await failureOf(post(lineMessage('a'), 'a'));
    for (let line = 0; line < 250; line += 1) server.write(channel, ada, `talk ${line}`);
    server.clock.advance(TEN_MINUTES_MS);
    const { message } = await post(
      lineMessage('a'),
      'a',
      { attemptedAt: attempted },
      await restart(),
    );
    expect(server.messagesIn(channel.id).filter(({ authorId }) => authorId !== ada)).toMatchObject([
      { id: message },
    ]);
  });

  it('is found between any amount of talk', async () => {
    const { server, channel, ada } = await open();
    const attemptedAt = now();
    for (let line = 0; line < 250; line += 1) server.write(channel, ada, `talk ${line}`);
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
    await failureOf(post(lineMessage('a'), 'a'));
    for (let line = 0; line < 150; line += 1) server.write(channel, ada, `more ${line}`);
    server.clock.advance(TEN_MINUTES_MS);
    await post(lineMessage('a'), 'a', { attemptedAt }, await restart());
    expect(server.messagesIn(channel.id).filter(({ authorId }) => authorId !== ada)).toHaveLength(
      1,
    );
  });

  it('is held for a person where a thousand messages and more were written since', async () => {
    const { server, channel, ada } = await open();
    const attemptedAt = now();
    for (let line = 0; line < 1_100; line += 1) server.write(channel, ada, `talk ${line}`);
    server.clock.advance(TEN_MINUTES_MS);
    const failure = await failureOf(post(lineMessage('a'), 'a', { attemptedAt }));
    expect(failure).toMatchObject({ kind: 'held' });
    await post(lineMessage('a'), 'a', { attemptedAt, released: true });
    expect(server.messagesIn(channel.id).filter(({ authorId }) => authorId !== ada)).toHaveLength(
      1,
    );
  });

  it('is found in its plain form', async () => {
    const { server, channel } = await open();
    const button = { label: 'Save', command: 'save', args: { paper: '2405.14906' } };
    const blocks = [paragraph('a'), { type: 'actions', buttons: [button] }] as const;
    const message: Message = { summary: 'a', blocks };
    const attempted = now();
    server.fail({ kind: 'status', status: 400, code: 50035 }, { on: POSTS });
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
    await failureOf(post(message, 'a'));
    server.clock.advance(TEN_MINUTES_MS);
    await post(message, 'a', { attemptedAt: attempted }, await restart());
    expect(server.messagesIn(channel.id).map(wordsOf)).toEqual(['a']);
  });
});

describe('A place', () => {
  it('that is a thread which was never opened holds nothing, when a page is only looked for', async () => {
    await open();
    const thread = await post(lineMessage('overview'), 'o');
    const only = { thread, attemptedAt: now(), findOnly: true };
    expect(await failureOf(post(lineMessage('one'), '1', only))).toMatchObject({ kind: 'absent' });
  });

  it('that is a deleted thread costs its page, not the channel', async () => {
    const { server } = await open();
    const thread = await post(lineMessage('overview'), 'o');
    await post(lineMessage('one'), '1', { thread });
    server.fail({ kind: 'status', status: 404, code: 10003 }, { on: POSTS });
    expect(await failureOf(post(lineMessage('two'), '2', { thread }))).toMatchObject({
      kind: 'rejected',
      message: 'The thread no longer exists.',
    });
  });

  it('that removed the bot while it was away is told as left', async () => {
    scene = await openScene();
    inbox = createRecordingInbox();
    inbox.knownTenants = [scene.guild.id, '1234', '@me'];
    await scene.platform.start(inbox, definitions);
    await until(() => inbox.places.length === 2, 'both');
    expect(inbox.places).toEqual([
      { kind: 'joined', place: { platform: 'discord', tenant: scene.guild.id } },
      { kind: 'left', place: { platform: 'discord', tenant: '1234' } },
    ]);
  });

  it('that is a forum is meant by who asks in one of its posts', async () => {
    const { server, guild, ada } = await open();
    const forum = server.addChannel({ guild, type: 'forum' });
    const channel = server.addThread(forum, { name: 'a post' });
    inbox.reply = { private: false, message: lineMessage('hello') };
    const reply = await server.runCommand({ channel, userId: ada }, TODAY).reply();
    expect(inbox.calls[0]?.channel.channel).toBe(forum.id);
    await until(() => inbox.replies.length > 0, 'the reply');
    expect(inbox.replies[0]?.ref).toMatchObject({ channel: channel.id, message: reply.id });
  });

  it('that is a forum says which permission its papers lack, at the cost of no request', async () => {
    const { server, guild } = await open();
    const permissions = ['VIEW_CHANNEL', 'SEND_MESSAGES', 'READ_MESSAGE_HISTORY'] as const;
    const forum = server.addChannel({ guild, type: 'forum', permissions });
    const ref = { ...scene.ref, channel: forum.id };
    await until(() => scene.platform.describe().includes('server'));
    const thread = await scene.platform.post(ref, lineMessage('a'), { key: 'a' });
    const paper = scene.platform.post(ref, lineMessage('b'), { key: 'b', thread });
    expect((await failureOf(paper)).message).toContain('Send Messages in Threads');
    expect(server.invalidRequests).toBe(0);
  });
});

describe('An answer', () => {
  it('whose form is refused comes in plain words, and one after a 502 comes all the same', async () => {
    const { server, channel, ada } = await open();
    inbox.reply = { private: false, message: lineMessage('hello') };
    server.fail({ kind: 'status', status: 400, code: 50035 }, { on: /callback$/ });
    expect(wordsOf(await server.runCommand({ channel, userId: ada }, TODAY).reply())).toBe('hello');
    server.fail({ kind: 'status', status: 502 }, { on: /callback$/ });
    expect(wordsOf(await server.runCommand({ channel, userId: ada }, TODAY).reply())).toBe('hello');
  });

  it('waits for no limit of the bot’s', async () => {
    const { server, channel, ada } = await open();
    server.fail({ kind: 'rate-limit', scope: 'global', retryAfterMs: 60_000 }, { on: POSTS });
    await failureOf(post(lineMessage('a'), 'a'));
    inbox.reply = { private: true, message: papersMessage(titles) };
    const handle = server.runCommand({ channel, userId: ada }, TODAY);
    await handle.reply();
    await handle.followUps(1);
  });
});

describe('Reactions', () => {
  it('that a moderator clears are gone, all or those of one emoji', async () => {
    const { server, ada } = await open();
    const ref = await post(lineMessage('a'), 'a');
    const at = { channelId: ref.channel, id: ref.message };
    server.react(at, '🔖', ada);
    server.react(at, '👍', ada);
    inbox.reconciled.length = 0;
    server.clearReactions(at, '👍');
    await until(() => inbox.reconciled.length === 1, 'one emoji');
    server.clearReactions(at);
    await until(() => inbox.reconciled.length === 4, 'the others');
    expect(inbox.reconciled.map(({ emoji }) => emoji)).toEqual(['👍', '🔖', '👍', '👎']);
    expect(inbox.reconciled.every(({ readers }) => readers.length === 0)).toBe(true);
  });

  it('that are super ones are read too, and a deleted message disturbs no other', async () => {
    const { server, ada } = await open();
    const ref = await post(lineMessage('a'), 'a');
    server.react({ channelId: ref.channel, id: ref.message }, '🔖', ada, { burst: true });
    const again = createRecordingInbox(inbox.facts);
    again.recentMessages = [{ ...ref, message: '0' }, ref];
    await scene.again().start(again, definitions);
    await until(() => again.reconciled.length === 3, 'the reactions');
    expect(again.reconciled[0]).toMatchObject({ message: ref, readers: [{ user: ada }] });
  });

  it('made while the old ones are read are not taken for missing', async () => {
    const { server, ada } = await open();
    const ref = await post(lineMessage('a'), 'a');
    const again = createRecordingInbox(inbox.facts);
    again.recentMessages = [ref];
    const list = new RegExp(`^GET /channels/${ref.channel}/messages$`);
    server.fail({ kind: 'delay', ms: 400 }, { on: list });
    const starting = scene.again().start(again, definitions);
    await until(() => server.requests.some(({ method, path }) => list.test(`${method} ${path}`)));
    await starting;
    // The list was asked for before, and arrives after.
    server.react({ channelId: ref.channel, id: ref.message }, '🔖', ada);
    await until(() => again.reconciled.length === 3, 'the reactions');
    expect(again.reconciled[0]).toMatchObject({ emoji: '🔖', readers: [{ user: ada }] });
  });
});

describe('A start', () => {
  it('waits for a Discord that is down', async () => {
    scene = await openScene();
    scene.server.fail({ kind: 'status', status: 502 }, { on: /gateway/ });
    await scene.platform.start(createRecordingInbox(), definitions);
    expect(scene.log.lines.join()).toContain('waiting for Discord');
  });

  it('ends when it is stopped, though Discord gives no session', async () => {
    scene = await openScene({ server: { gateway: { identifyWindowMs: 3_600_000 } } });
    await scene.platform.start(createRecordingInbox(), definitions);
    const second = scene.again();
    const starting = second.start(createRecordingInbox(), definitions);
    await until(() => scene.server.gateway.budget.used >= 2, 'an attempt');
    await second.stop();
    expect((await failureOf(starting)).message).toMatch(/stopped/);
    const spent = scene.server.gateway.budget.used;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(scene.server.gateway.budget.used).toBe(spent);
  });
});
