import { afterEach, describe, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, fullCard, lineMessage } from '../fixtures/messages.ts';
import { paragraph, type Message } from '../../src/core/message.ts';
import { openSlack } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const paper: Message = {
  summary: fullCard.title,
  blocks: [
    { type: 'paper', paper: fullCard },
    { type: 'actions', buttons: [{ label: 'Save', command: 'save', args: { paper: '1' } }] },
  ],
};

async function start() {
  const scene = await openSlack();
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  scene.slack.world.brokenImages.add(fullCard.thumbnail!);
  return { ...scene, inbox };
}

describe('A picture that Slack can’t fetch', () => {
  it('costs a post its picture, and not its buttons', async () => {
    const { slack, platform } = await start();
    await platform.post(place, paper, { key: 'a' });
    const [shown] = slack.messages('C1');
    const json = JSON.stringify(shown?.message.blocks);
    expect([json.includes('"type":"image"'), json.includes('"type":"button"')]).toEqual([
      false,
      true,
    ]);
    expect(shown?.text).toContain(fullCard.title);
    expect(slack.hidden()).toEqual([]);
  });

  it('costs a changed message its picture alone', async () => {
    const { slack, platform } = await start();
    const ref = await platform.post(place, lineMessage('before'), { key: 'a' });
    await platform.update(ref, paper);
    const json = JSON.stringify(slack.messages('C1')[0]?.message.blocks);
    expect([json.includes('"type":"image"'), json.includes('"type":"button"')]).toEqual([
      false,
      true,
    ]);
  });

  it('costs an answer to one person its picture alone', async () => {
    const { slack, inbox, does } = await start();
    inbox.reply = { private: true, message: paper };
    await does(slack.readers.type('U1', 'C1', 'saved'));
    const answers = slack.ephemerals('U1').map(({ message }) => JSON.stringify(message.blocks));
    expect(
      answers.map((json) => [json.includes('"type":"image"'), json.includes('"type":"button"')]),
    ).toEqual([[false, true]]);
  });
});

describe('What Slack refuses for reasons of its own', () => {
  it('is said in words alone', async () => {
    const { slack, platform } = await start();
    slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await platform.post(place, paper, { key: 'a' });
    const [shown] = slack.messages('C1');
    expect(shown?.message.blocks).toEqual([]);
    expect(shown?.text).toContain(fullCard.title);
  });

  it('is tried no more often than there are ways to say it', async () => {
    const { slack, platform } = await start();
    slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 9);
    const attempt = platform.post(place, paper, { key: 'a' });
    await expect(attempt).rejects.toMatchObject({ kind: 'rejected' });
    expect(slack.api.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(3);
  });

  it('is said to its last word', async () => {
    const { slack, platform } = await start();
    const lines = Array.from({ length: 35 }, (_, n) => `${'word '.repeat(60)}end ${n}!`);
    const long = { summary: 'Long', blocks: lines.map((line) => paragraph(line)) };
    slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await platform.post(place, long, { key: 'a' });
    const text = slack
      .messages('C1')
      .map((each) => each.text)
      .join('\n');
    expect(slack.messages('C1')[0]?.message.text.length).toBeGreaterThan(4000);
    expect(lines.filter((_, n) => !text.includes(`end ${n}!`))).toEqual([]);
  });

  it.each(['msg_too_long', 'msg_blocks_too_long', 'invalid_blocks_format'])(
    'is said in words alone on %s, too',
    async (error) => {
      const { slack, platform } = await start();
      slack.fail('chat.postMessage', { kind: 'error', error }, 2);
      await platform.post(place, paper, { key: 'a' });
      expect(slack.messages('C1')[0]?.message.blocks).toEqual([]);
    },
  );

  it.each([
    ['too_many_attachments', 'rejected'],
    ['thread_not_found', 'rejected'],
    ['external_channel_migrating', 'no-access'],
    ['team_added_to_org', 'no-access'],
    ['not_allowed_token_type', 'no-access'],
    ['a_name_of_next_year', 'no-access'],
  ])('%s ends a page only where what it holds is meant', async (error, kind) => {
    const { slack, platform } = await start();
    slack.fail('chat.postMessage', { kind: 'error', error });
    const attempt = platform.post(place, paper, { key: 'a' });
    await expect(attempt).rejects.toMatchObject({ kind });
    await expect(attempt).rejects.toThrow(`(${error})`);
  });
});
