import { afterEach, describe, expect, it } from 'vitest';
import type { CommandDefinition } from '../../src/core/platform.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage, paperMessage, papersMessage } from '../fixtures/messages.ts';
import { openSlack, type SetUpOptions } from './open-slack.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const managing: CommandDefinition = {
  name: 'subscribe',
  summary: 'Get a digest',
  args: [],
  manages: true,
  private: false,
};

async function start(options: SetUpOptions = {}) {
  const scene = await openSlack(options);
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, [...definitions, managing]);
  const type = (user: string, text: string, channel = 'C1') =>
    scene.does(scene.slack.readers.type(user, channel, text));
  return { ...scene, inbox, type };
}

describe('Who asks on Slack', () => {
  it('comes with their time zone there', async () => {
    const { slack, inbox, type } = await start();
    slack.addUser('U3', 'T1', { tz: 'Asia/Tokyo' });
    await type('U3', 'today');
    expect(inbox.calls).toMatchObject([{ timezone: 'Asia/Tokyo', reader: { user: 'U3' } }]);
  });

  it('may manage the channel as its creator or as an admin, others not', async () => {
    const { slack, inbox, type } = await start();
    slack.addUser('UADMIN', 'T1', { isAdmin: true });
    slack.addUser('UOTHER', 'T1');
    for (const user of ['U1', 'UADMIN', 'UOTHER']) await type(user, 'subscribe');
    expect(inbox.calls.map(({ canManage }) => canManage)).toEqual([true, true, false]);
  });

  it('may manage it as anyone where the configuration says so', async () => {
    const { slack, inbox, type } = await start({ settings: { managers: 'everyone' } });
    slack.addUser('UOTHER', 'T1');
    await type('UOTHER', 'subscribe');
    expect(inbox.calls).toMatchObject([{ canManage: true }]);
  });

  it('is asked about only once an hour', async () => {
    const { slack, type } = await start();
    for (let count = 0; count < 3; count++) await type('U1', 'today');
    expect(slack.api.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  it('is answered where the bot is no member, and told what that means', async () => {
    const { slack, inbox, type } = await start();
    slack.addChannel('C9', 'T1', { withBot: false });
    inbox.reply = { private: false, message: lineMessage('for everyone') };
    await type('U1', 'today', 'C9');
    expect(slack.messages('C9').map(({ text }) => text)).toEqual(['for everyone']);
    expect(slack.ephemerals('U1').map(({ text }) => text)).toEqual([
      expect.stringContaining('/invite @Paperboy'),
    ]);
  });

  it('reads the answer to a press in the thread of what was pressed', async () => {
    const { slack, platform, inbox, does } = await start();
    const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
    const buttons = [{ label: 'Similar', command: 'today', args: {} }];
    const message = { summary: 'A paper', blocks: [{ type: 'actions' as const, buttons }] };
    const ref = await platform.post(place, message, { key: 'a' });
    inbox.reply = { private: false, message: paperMessage('Another') };
    await does(slack.readers.press('U1', { channel: 'C1', ts: ref.message }, { label: 'Similar' }));
    expect(slack.messages('C1').at(-1)).toMatchObject({ thread: ref.message });
  });

  it('reads a form’s contents as words when it can’t be opened', async () => {
    const { slack, inbox, type } = await start();
    const form = { title: 'Settings', command: 'topic', submit: 'Save', fields: [] };
    inbox.reply = { private: true, message: lineMessage('in words'), form };
    slack.fail('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await type('U1', 'settings');
    expect(slack.ephemerals('U1').map(({ text }) => text)).toEqual(['in words']);
  });
});

describe('Where the bot is on Slack', () => {
  it.each([
    ['member_left_channel', 'left'],
    ['member_joined_channel', 'joined'],
    ['channel_archive', 'left'],
    ['channel_unarchive', 'joined'],
    ['channel_deleted', 'left'],
  ])('is told to the core on %s', async (type, kind) => {
    const { slack, inbox, does } = await start();
    const user = slack.world.installs.get('T1')!.botUser;
    await does(slack.event('T1', { type, channel: 'C1', user }));
    const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
    expect(inbox.places.at(-1)).toEqual({ kind, place });
  });

  it('is no matter of other people who come and go', async () => {
    const { slack, inbox, does } = await start();
    const before = inbox.places.length;
    await does(slack.event('T1', { type: 'member_left_channel', channel: 'C1', user: 'U1' }));
    expect(inbox.places).toHaveLength(before);
  });
});

describe('An answer to one person', () => {
  const long = Array.from({ length: 60 }, (_, n) => `Paper ${n} ${'word '.repeat(180)}end`);

  it('is whole, though Slack’s address for answers takes only five', async () => {
    const { slack, inbox, type } = await start();
    inbox.reply = {
      private: true,
      message: papersMessage(long.map((title) => title.slice(0, 400))),
    };
    await type('U1', 'saved');
    const answers = slack.ephemerals('U1');
    expect(answers.length).toBeGreaterThan(5);
    const text = answers.map((answer) => answer.text).join('\n');
    expect(long.filter((_, n) => !text.includes(`Paper ${n} `))).toEqual([]);
    expect(inbox.calls).toHaveLength(1);
  });

  it('is shown once, as far as Slack takes it, and says where it breaks off', async () => {
    const { slack, inbox, type } = await start();
    const message = papersMessage(long.map((title) => title.slice(0, 400)));
    inbox.reply = { private: true, message };
    slack.fail('chat.postEphemeral', { kind: 'error', error: 'internal_error' });
    await type('U1', 'saved');
    const answers = slack.ephemerals('U1').map(({ text }) => text);
    expect(answers).toHaveLength(6);
    expect(new Set(answers).size).toBe(6);
    expect(answers.at(-1)).toContain('please ask again');
    expect(inbox.calls).toHaveLength(1);
  });
});
