import { afterEach, describe, expect, it } from 'vitest';
import type { Form } from '../../src/core/form.ts';
import { settings } from '../../src/core/commands/settings.ts';
import { check, definitions } from '../../src/core/commands/index.ts';
import { renderForm } from '../../src/slack/forms.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { callOf, createServices, createSubscription, NOW } from '../core/commands/services.ts';
import { checkView } from '../fakes/slack-server/block-limits.ts';
import { lineMessage } from '../fixtures/messages.ts';
import { openSlack, type SetUpOptions } from './open-slack.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function settingsForm(timezone?: string): Promise<Form> {
  const subscription =
    timezone === undefined ? createSubscription({ layout: 'compact' }) : undefined;
  const services = createServices({ subscription: () => Promise.resolve(subscription) });
  const call = callOf({ args: {} }, timezone === undefined ? {} : { timezone });
  const { form } = await settings.run({}, { call, now: NOW, services });
  return form!;
}

/** Slack with the settings open before U1, who created C1. */
async function open(options: SetUpOptions = {}) {
  const scene = await openSlack(options);
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start({ ...inbox, check }, definitions);
  const { slack, does } = scene;
  slack.addChannel('C2', 'T1', { creator: 'U2' });
  inbox.reply = { private: true, message: lineMessage('words'), form: await settingsForm() };
  await does(slack.readers.type('U1', 'C1', 'settings'));
  inbox.reply = { private: false, message: lineMessage('done') };
  const view = slack.view('U1', 'modal')!;
  const send = (values: Record<string, string | string[]>) =>
    does(slack.readers.submit('U1', view.id, values));
  return { ...scene, inbox, view, send };
}

describe('The settings on Slack', () => {
  it('are a modal within Slack’s limits, as its golden file says', async () => {
    const view = renderForm(await settingsForm(), 'C1');
    checkView({ ...view });
    const json = `${JSON.stringify(view, null, 2)}\n`;
    await expect(json).toMatchFileSnapshot('../golden/slack-settings.json');
  });

  it('begin with the reader’s own time zone', async () => {
    const { blocks } = renderForm(await settingsForm('Asia/Tokyo'), 'C1');
    expect(JSON.stringify(blocks)).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"Asia/Tokyo"',
    );
  });

  it.each(['socket', 'http'] as const)(
    'say at the field what is wrong, keep what was filled in, and take it once mended (%s)',
    async (mode) => {
      const { slack, inbox, send } = await open({ mode });
      const topics = Array.from({ length: 21 }, (_, n) => `topic ${n}`).join(', ');
      const refused = await send({ topics, count: '7' });
      expect(refused.body).toEqual({
        response_action: 'errors',
        errors: { topics: 'That is 21 topics; a channel may have 20.' },
      });
      expect(slack.view('U1', 'modal')).toBeDefined();
      expect(inbox.calls.map(({ name }) => name)).toEqual(['']);
      const taken = await send({ topics: 'agents', count: '7' });
      expect(taken.body ?? {}).toEqual({});
      expect(slack.view('U1', 'modal')).toBeUndefined();
      expect(inbox.calls.at(-1)).toMatchObject({
        name: 'subscribe',
        input: { args: { topics: 'agents', count: '7', at: '07:30', days: ['mon', 'thu'] } },
      });
    },
  );

  it('write nothing down of what is refused', async () => {
    const { inbox, send } = await open();
    const before = inbox.arrivals.length;
    await send({ topics: Array.from({ length: 21 }, (_, n) => `topic ${n}`).join(', ') });
    expect(inbox.arrivals).toHaveLength(before);
  });

  it('complete the time zone while it is typed', async () => {
    const { slack, inbox, view } = await open();
    inbox.suggestions = [{ name: 'Europe/Berlin', value: 'Europe/Berlin' }];
    const { body } = await slack.readers.suggest('U1', view.id, 'timezone', 'berl');
    expect(body).toMatchObject({ options: [{ value: 'Europe/Berlin' }] });
    expect(inbox.suggestCalls).toMatchObject([
      { name: 'subscribe', arg: 'timezone', typed: 'berl', channel: { channel: 'C1' } },
    ]);
  });

  it('are those of the channel that is picked', async () => {
    const { slack, inbox, send } = await open();
    slack.addChannel('C3', 'T1', { creator: 'U1' });
    await send({ 'paperboy:channel': 'C3' });
    expect(inbox.calls.at(-1)).toMatchObject({ channel: { channel: 'C3' }, canManage: true });
    expect(slack.messages('C3').map(({ text }) => text)).toEqual(['done']);
  });

  it('say at the channel that the reader may not manage it', async () => {
    const { inbox, send } = await open();
    const { body } = await send({ 'paperboy:channel': 'C2' });
    expect(body).toEqual({
      response_action: 'errors',
      errors: { 'paperboy:channel': expect.stringMatching(/may manage this channel/) as string },
    });
    expect(inbox.calls).toHaveLength(1);
  });

  it('are taken where Slack is too slow to tell of a right, and refused in words', async () => {
    const { slack, inbox, send } = await open();
    slack.fail('conversations.info', { kind: 'hang' });
    const sent = send({ 'paperboy:channel': 'C2' });
    expect((await sent).status).toBe(200);
    expect(inbox.calls.at(-1)).toMatchObject({ canManage: false });
  }, 30_000);

  it('are answered where the bot is no member, and told what that means', async () => {
    const { slack, inbox, send } = await open();
    slack.addChannel('C9', 'T1', { creator: 'U1', withBot: false });
    await send({ 'paperboy:channel': 'C9' });
    expect(inbox.calls).toHaveLength(2);
    const told = slack
      .ephemerals('U1')
      .concat(slack.messages([...slack.world.channels.keys()].at(-1)!));
    expect(told.map(({ text }) => text)).toEqual([
      'done',
      expect.stringContaining('/invite @Paperboy'),
    ]);
  });
});
