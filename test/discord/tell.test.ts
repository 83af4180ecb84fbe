import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { openScene, type Scene } from './open-discord.ts';
import { wordsOf } from './screen.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  await scene.platform.start(createRecordingInbox(), definitions);
});

afterEach(() => scene.close());

function tell(user: string): Promise<void> {
  const reader = { platform: 'discord', tenant: 'discord', user };
  return scene.platform.tell(reader, scene.ref, lineMessage('Grant Send Messages.'), 'a');
}

it('names the channel and its server, since a direct message stands in neither', async () => {
  const { server, ada, channel, guild } = scene;
  await tell(ada);
  const [message] = server.messagesIn(server.dmOf(ada).id);
  expect(message && wordsOf(message)).toContain(`About #${channel.name} in ${guild.name}:`);
});

it('says that somebody takes no direct messages, who is then left alone', async () => {
  const shy = scene.server.addUser({ guilds: [scene.guild], dmsClosed: true }).id;
  await expect(tell(shy)).rejects.toMatchObject({
    kind: 'no-access',
    message: 'This person takes no direct messages from the bot (Discord 50007).',
  });
});
