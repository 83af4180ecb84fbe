import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { openSlack, type SlackSetUp } from './open-slack.ts';

let setUp: SlackSetUp;

beforeEach(async () => {
  setUp = await openSlack();
  await setUp.platform.start(createRecordingInbox(), definitions);
});

afterEach(async () => {
  await setUp.platform.stop();
  await setUp.close();
});

function tell(user: string): Promise<void> {
  const about = { platform: 'slack', tenant: 'T1', channel: 'C1' };
  const reader = { platform: 'slack', tenant: 'T1', user };
  return setUp.platform.tell(reader, about, lineMessage('Invite Paperboy.'), 'a');
}

it('leads from the direct message to the channel', async () => {
  const { slack } = setUp;
  await tell('U1');
  const direct = [...slack.world.channels.values()].find(({ isIm }) => isIm);
  const [message] = slack.messages(direct?.id ?? '');
  expect(message?.text).toContain('About a channel of yours:');
  expect(message?.links).toEqual(['https://slack.com/app_redirect?team=T1&channel=C1']);
});

it('says why somebody can’t be told', async () => {
  await expect(tell('U404')).rejects.toMatchObject({ kind: 'rejected' });
  setUp.slack.fail('conversations.open', { kind: 'error', error: 'missing_scope' });
  await expect(tell('U1')).rejects.toMatchObject({ kind: 'no-access' });
});
