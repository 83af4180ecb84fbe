import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { definitions } from '../../src/core/commands/index.ts';
import type { Form } from '../../src/core/form.ts';
import type { Message } from '../../src/core/message.ts';
import { createRecordingInbox, type RecordingInbox } from '../contract/recording-inbox.ts';
import { lineMessage, paperMessage } from '../fixtures/messages.ts';
import type { SlackServer } from '../fakes/slack-server/index.ts';
import {
  install,
  KEY,
  openLab,
  recordingLog,
  startBot,
  type Bot,
  type LogLine,
} from './open-installs.ts';
import { pause } from './open-slack.ts';

const form: Form = {
  title: 'A digest',
  command: 'subscribe',
  submit: 'Save',
  fields: [
    { kind: 'channel', name: 'channel', label: 'Channel', required: true },
    { kind: 'timezone', name: 'timezone', label: 'Time zone', value: 'UTC', required: true },
  ],
};
const buttons = [{ label: 'Go', command: 'settings', args: {} }];
const page = { blocks: [{ type: 'actions' as const, buttons }], state: {} };
const privately = (message: Message) => ({ private: true, message });

let slack: SlackServer;
let inbox: RecordingInbox;
let bot: Bot;
let log: LogLine[];

/** T1 and T2 share the channel C3 and both have the bot in it; U1 and U2 are their people. */
beforeEach(async () => {
  [slack, inbox, log] = [await openLab(), createRecordingInbox(), []];
  Object.assign(inbox, { page, reply: privately(lineMessage('done')) });
  bot = await startBot(slack, inbox, { log: recordingLog(log) }, [KEY], definitions);
  slack.addChannel('C3', 'T1', { sharedWith: ['T2'] });
  for (const team of ['T1', 'T2']) await install(slack, bot, team);
});

afterEach(async () => {
  await bot.platform.stop();
  await slack.close();
});

async function does(action: Promise<unknown>): Promise<void> {
  await action;
  while (inbox.arrivals.some(({ done }) => !done)) await pause(2);
}

interface Seen {
  readonly channel: { readonly tenant: string };
  readonly reader: { readonly tenant: string; readonly user: string };
}

const whose = ({ channel, reader }: Seen) => `${channel.tenant} ${reader.tenant}/${reader.user}`;
const OWN = ['T1 T1/U1', 'T2 T2/U2'];
const READERS = ['U1', 'U2'] as const;

async function openForm(user: string) {
  Object.assign(inbox, { reply: { ...privately(lineMessage('words')), form } });
  await does(slack.readers.type(user, 'C3', 'settings'));
  Object.assign(inbox, { reply: privately(lineMessage('done')) });
  inbox.calls.length = 0;
  return slack.view(user, 'modal')!;
}

describe('With two installs in one channel', () => {
  it('47: the page of each is their own, and so is what they press on it', async () => {
    for (const user of READERS) await does(slack.readers.openHome(user));
    for (const user of READERS) {
      const { id } = slack.view(user, 'home')!;
      await does(slack.readers.pressInView(user, id, { label: 'Go' }));
    }
    expect(inbox.homeCalls.map(whose)).toEqual([...OWN, ...OWN]);
    expect(inbox.homeCalls.slice(2).map(({ press }) => press?.channel?.tenant)).toEqual([
      'T1',
      'T2',
    ]);
  });

  it('47: a form is sent for the workspace of who fills it in, and completes from it', async () => {
    for (const user of READERS) {
      const { id } = await openForm(user);
      await slack.readers.suggest(user, id, 'timezone', 'ber');
      await does(slack.readers.submit(user, id, {}));
      expect(inbox.calls.map(whose)).toEqual([OWN[READERS.indexOf(user)]]);
    }
    expect(inbox.suggestCalls.map(whose)).toEqual(OWN);
  });

  it('47: a shortcut saves for who chose it, whichever bot posted the paper', async () => {
    const place = { platform: 'slack', tenant: 'T1', channel: 'C3' };
    const { message: ts } = await bot.platform.post(place, paperMessage('A paper'), { key: 'a' });
    for (const user of READERS) {
      await does(slack.readers.shortcut(user, { channel: 'C3', ts }, 'paperboy:save'));
    }
    expect(inbox.calls.map(whose)).toEqual(OWN);
    expect(inbox.calls.map(({ name }) => name)).toEqual(['save', 'save']);
    for (const user of READERS)
      expect(slack.ephemerals(user).map(({ text }) => text)).toEqual(['done']);
  });
});

describe('What names a channel of another workspace', () => {
  const refused = () =>
    log.filter(({ level, message }) => level === 'warn' && message.includes('about a channel'));

  it('48: under a message it does nothing there', async () => {
    const value = JSON.stringify({ command: 'unsubscribe', args: {}, channel: 'C2', tenant: 'T2' });
    const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
    const { message: ts } = await bot.platform.post(place, lineMessage('a'), { key: 'a' });
    const elements = [{ type: 'button', action_id: 'paperboy:0', value }];
    Object.assign(slack.world.messages.at(-1)!, { blocks: [{ type: 'actions', elements }] });
    await does(slack.readers.press('U1', { channel: 'C1', ts }, { value }));
    expect(inbox.calls).toMatchObject([{ channel: place, canManage: false }]);
  });

  it('48: on a reader’s own page it is refused, and logged', async () => {
    Object.assign(inbox, {
      page: { blocks: [{ type: 'channels', label: 'Settings', command: 'settings' }], state: {} },
    });
    await does(slack.readers.openHome('U1'));
    await does(slack.readers.pickInView('U1', slack.view('U1', 'home')!.id, 'C2'));
    expect(inbox.homeCalls.at(-1)).toMatchObject({
      reader: { tenant: 'T1', user: 'U1' },
      press: { channel: { tenant: 'T1', channel: 'C2' }, canManage: false },
    });
    expect(refused()).toHaveLength(1);
  });

  it('48: in a form it is refused, and logged', async () => {
    const { view, id } = await openForm('U1');
    const carried = JSON.stringify({ command: 'subscribe', channel: 'C2' });
    Object.assign(view, { private_metadata: carried });
    await does(slack.readers.submit('U1', id, { 'paperboy:channel': 'C2' }));
    expect(inbox.calls).toMatchObject([
      { reader: { tenant: 'T1' }, channel: { tenant: 'T1', channel: 'C2' }, canManage: false },
    ]);
    expect(refused().length).toBeGreaterThan(0);
  });

  it('48: a form that was never ours does nothing, and is logged', async () => {
    const { view, id } = await openForm('U1');
    Object.assign(view, { private_metadata: '{"channel":["C2"]}' });
    await does(slack.readers.submit('U1', id, {}));
    expect(inbox.calls).toEqual([]);
    expect(log).toContainEqual({
      level: 'warn',
      fields: { tenant: 'T1', user: 'U1' },
      message: 'a press is not one of ours',
    });
  });
});
