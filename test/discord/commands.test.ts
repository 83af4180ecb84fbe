import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { definitions as real } from '../../src/core/commands/index.ts';
import { createRecordingInbox, type RecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage, paperMessage, papersMessage } from '../fixtures/messages.ts';
import type { Actor } from '../fakes/discord-server/invocation/invoke.ts';
import { openScene, until, type Scene } from './open-discord.ts';
import { wordsOf } from './screen.ts';

let scene: Scene;
let inbox: RecordingInbox;
let ada: Actor;

beforeEach(async () => {
  scene = await openScene();
  inbox = createRecordingInbox();
  ada = { channel: scene.channel, userId: scene.ada };
});

afterEach(() => scene.close());

const TODAY = { name: 'papers', subcommand: 'today' };

function registrations(): number {
  return scene.server.requests.filter(({ method }) => method === 'PUT').length;
}

describe('The commands', () => {
  it('are told to Discord once, and again only when they have changed', async () => {
    await scene.platform.start(inbox, definitions);
    await scene.again().start(createRecordingInbox(inbox.facts), definitions);
    expect(registrations()).toBe(1);
    await scene.again().start(createRecordingInbox(inbox.facts), real);
    expect(registrations()).toBe(2);
    expect(scene.server.commandsOf().map((each) => [each['name'], each['type']])).toEqual([
      ['papers', 1],
      ['Save paper', 3],
    ]);
    for (const command of scene.server.commandsOf()) {
      expect(command).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
    }
  });

  it('that Discord does not take keep nobody from posting', async () => {
    scene.server.fail({ kind: 'status', status: 400, code: 30034 }, { on: /^PUT/ });
    await scene.platform.start(inbox, definitions);
    await scene.platform.post(scene.ref, lineMessage('a'), { key: 'a' });
    expect(scene.log.lines.join()).toContain('did not take the commands');
    expect(inbox.facts.has('discord|commands')).toBe(false);
  });

  it('need no privileged intent', async () => {
    await scene.platform.start(inbox, definitions);
    const [session] = [...scene.server.gateway.sessions.values()];
    const privileged = (1 << 1) | (1 << 8) | (1 << 15);
    expect(session!.intents & privileged).toBe(0);
    expect(session!.intents).toBe((1 << 0) | (1 << 10) | (1 << 13));
  });
});

describe('Who may manage', () => {
  const permissionSets = [
    [[], false],
    [['MANAGE_MESSAGES'], false],
    [['MANAGE_CHANNELS'], true],
    [['MANAGE_GUILD'], true],
    [['ADMINISTRATOR'], true],
  ] as const;

  it.each(permissionSets)('with %j: %s, in commands and on buttons', async (permissions, may) => {
    await scene.platform.start(inbox, definitions);
    const userId = scene.server.addUser({ guilds: [scene.guild], permissions }).id;
    const actor = { ...ada, userId };
    await scene.server.runCommand(actor, TODAY).first();
    const buttons = [{ label: 'Settings', command: 'settings', args: {} }];
    const message = { summary: 'x', blocks: [{ type: 'actions' as const, buttons }] };
    const { message: id } = await scene.platform.post(scene.ref, message, { key: 'a' });
    const posted = scene.channel.messages.get(id)!;
    const customId = /"custom_id":"((?:\\.|[^"\\])*)"/.exec(JSON.stringify(posted.components))![1]!;
    await scene.server.pressButton(actor, posted, JSON.parse(`"${customId}"`) as string).first();
    expect(inbox.calls.map(({ canManage }) => canManage)).toEqual([may, may]);
  });

  it('in direct messages: whoever writes there', async () => {
    await scene.platform.start(inbox, definitions);
    const channel = scene.server.dmOf(scene.ada);
    await scene.server.runCommand({ channel, userId: scene.ada }, TODAY).first();
    expect(inbox.calls).toMatchObject([
      { canManage: true, direct: true, channel: { tenant: '@me', channel: channel.id } },
    ]);
  });
});

describe('An answer', () => {
  it('expected to be private is public where it turns out so', async () => {
    await scene.platform.start(inbox, definitions);
    inbox.delayMs = 2_300;
    inbox.reply = { private: false, message: lineMessage('for all') };
    const handle = scene.server.runCommand(ada, { name: 'papers', subcommand: 'saved' });
    expect((await handle.first()).type).toBe(5);
    await until(() => inbox.replies.length > 0, 'the reply');
    expect(scene.server.messagesIn(scene.channel.id).map(wordsOf)).toEqual(['for all']);
  });

  it('to someone who alone installed the app ends where Discord’s follow-ups do', async () => {
    await scene.platform.start(inbox, definitions);
    const titles = Array.from({ length: 120 }, (_, index) => `Paper ${index + 1}`);
    inbox.reply = { private: true, message: papersMessage(titles) };
    const handle = scene.server.runCommand({ ...ada, userInstalled: true }, TODAY);
    const followUps = await handle.followUps(5);
    expect(wordsOf(followUps.at(-1)!)).toContain('no more here');
    expect(scene.log.lines).not.toContainEqual(expect.stringContaining('not answered'));
  });

  it('comes as one message more for each page, and private pages stay private', async () => {
    await scene.platform.start(inbox, definitions);
    const titles = Array.from({ length: 40 }, (_, index) => `Paper ${index + 1}!`);
    inbox.reply = { private: true, message: papersMessage(titles) };
    const handle = scene.server.runCommand(ada, TODAY);
    await handle.followUps(2);
    await until(() => titles.every((title) => shownTo(scene.ada).includes(title)), 'all pages');
    expect(scene.server.messagesIn(scene.channel.id)).toEqual([]);
  });
});

function shownTo(user: string): string {
  return scene.server.ephemeralsOf(user).map(wordsOf).join('\n');
}

describe('Announcements', () => {
  it('are published where that is wanted, ten an hour at most', async () => {
    await scene.close();
    scene = await openScene({
      settings: { crosspost: true },
      server: { rates: { 'POST /channels/:channel/messages': { limit: 99, perMs: 1_000 } } },
    });
    const { server, guild, platform } = scene;
    const channel = server.addChannel({ guild, type: 'announcement' });
    await platform.start(inbox, definitions);
    const ref = { ...scene.ref, channel: channel.id };
    for (let index = 0; index < 12; index += 1) {
      await platform.post(ref, lineMessage(`${index}`), { key: `${index}` });
    }
    const published = () => server.requests.filter(({ path }) => path.endsWith('/crosspost'));
    await until(
      () => scene.log.lines.filter((line) => line.includes('not published')).length === 2,
    );
    expect(published().map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  });
});

describe('Problems', () => {
  it('name each missing permission, what it is for and where to grant it', async () => {
    const channel = scene.server.addChannel({
      guild: scene.guild,
      permissions: ['VIEW_CHANNEL', 'SEND_MESSAGES', 'EMBED_LINKS', 'READ_MESSAGE_HISTORY'],
    });
    await scene.platform.start(inbox, definitions);
    expect(await scene.platform.problems?.(scene.ref)).toEqual([]);
    expect(await scene.platform.problems?.({ ...scene.ref, channel: channel.id })).toEqual([
      expect.stringMatching(/Create Public Threads .*thread.*Edit Channel, Permissions/),
      expect.stringMatching(/Send Messages in Threads /),
    ]);
    const elsewhere = { ...scene.ref, channel: channel.id };
    expect(await scene.platform.problems?.(elsewhere, false)).toEqual([]);
    expect(await scene.platform.problems?.({ ...scene.ref, channel: '1' })).toEqual([
      expect.stringMatching(/no longer exists/),
    ]);
  });

  it('of threads refuse the papers of a digest, at the cost of no request', async () => {
    const permissions = ['VIEW_CHANNEL', 'SEND_MESSAGES'] as const;
    const channel = scene.server.addChannel({ guild: scene.guild, permissions });
    await scene.platform.start(inbox, definitions);
    const ref = { ...scene.ref, channel: channel.id };
    const thread = await scene.platform.post(ref, lineMessage('a'), { key: 'a' });
    const paper = scene.platform.post(ref, lineMessage('b'), { key: 'b', thread });
    await expect(paper).rejects.toThrow(/Create Public Threads/);
    expect(scene.server.invalidRequests).toBe(0);
  });

  it('beside a voice channel name Connect as well; without any, a digest stands there in one row', async () => {
    const { server, platform, guild } = scene;
    const open = server.addChannel({ guild, type: 'voice' });
    const permissions = ['VIEW_CHANNEL', 'SEND_MESSAGES', 'EMBED_LINKS'] as const;
    const shut = server.addChannel({ guild, type: 'voice', permissions });
    await platform.start(inbox, definitions);
    const refOf = ({ id }: { readonly id: string }) => ({ ...scene.ref, channel: id });
    expect(await platform.problems?.(refOf(open))).toEqual([]);
    const thread = await platform.post(refOf(open), lineMessage('a'), { key: 'a' });
    await platform.post(refOf(open), lineMessage('b'), { key: 'b', thread });
    expect(server.messagesIn(open.id).map(wordsOf)).toEqual(['a', 'b']);

    expect(await platform.problems?.(refOf(shut))).toEqual([
      expect.stringMatching(/permission Connect .*voice/),
      expect.stringMatching(/Read Message History/),
    ]);
    const refused = platform.post(refOf(shut), lineMessage('c'), { key: 'c' });
    await expect(refused).rejects.toThrow(/Connect/);
    expect(server.invalidRequests).toBe(0);
  });

  it('are none in slow mode, which holds no bot', async () => {
    const { server, platform, guild } = scene;
    const slow = server.addChannel({ guild, slowmodeSeconds: 21_600 });
    await platform.start(inbox, definitions);
    const ref = { ...scene.ref, channel: slow.id };
    expect(await platform.problems?.(ref)).toEqual([]);
    for (const key of ['a', 'b']) await platform.post(ref, lineMessage(key), { key });
    expect(server.messagesIn(slow.id).map(wordsOf)).toEqual(['a', 'b']);
  });

  it('name a forum that wants a tag and has none', async () => {
    const forum = scene.server.addChannel({ guild: scene.guild, type: 'forum', requireTag: true });
    await scene.platform.start(inbox, definitions);
    expect(await scene.platform.problems?.({ ...scene.ref, channel: forum.id })).toEqual([
      expect.stringMatching(/tag/),
    ]);
  });
});

describe('Reactions', () => {
  it('in private messages count as elsewhere; bots’ and strangers’ do not', async () => {
    const { server, platform, ada: user } = scene;
    await platform.start(inbox, definitions);
    const dm = server.typeDm(user, 'hi').channelId;
    const ref = { platform: 'discord', tenant: '@me', channel: dm };
    const posted = await platform.post(ref, paperMessage('A paper'), { key: 'a' });
    const stranger = server.write(scene.channel, user, 'hello');
    server.react({ channelId: stranger.channelId, id: stranger.id }, '🔖', user);
    server.unreact({ channelId: stranger.channelId, id: stranger.id }, '🔖', user);
    const bot = server.addUser({ bot: true, guilds: [scene.guild] }).id;
    const { message: id } = await platform.post(scene.ref, paperMessage('B'), { key: 'b' });
    server.react({ channelId: scene.channel.id, id }, '🔖', bot);
    server.react({ channelId: dm, id: posted.message }, '🔖', user);
    await until(() => inbox.reactions.length > 0, 'the reaction');
    expect(inbox.reactions).toMatchObject([
      { emoji: '🔖', message: posted, reader: { tenant: 'discord', user } },
    ]);
  });
});

describe('A refused form', () => {
  it('is sent once more in plain words', async () => {
    await scene.platform.start(inbox, definitions);
    scene.server.fail({ kind: 'status', status: 400, code: 50035 }, { on: /messages$/ });
    await scene.platform.post(scene.ref, paperMessage('A paper'), { key: 'a' });
    const [posted] = scene.server.messagesIn(scene.channel.id);
    expect(wordsOf(posted!)).toContain('A paper');
    expect(JSON.stringify(posted!.components)).not.toContain('custom_id');
  });
});
