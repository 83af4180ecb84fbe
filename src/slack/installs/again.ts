import type { webApi } from '@slack/bolt';
import { contentOf } from '../body.ts';
import type { Install } from './install.ts';

/** Tells who installed the app that it must be done again, while its last token still works. */
export async function askToInstallAgain(
  client: webApi.WebClient,
  { installer, name, expiresAt = 0 }: Install,
  page: string | undefined,
): Promise<void> {
  const until = new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' at ');
  const where = page === undefined ? 'where you installed it before' : `at ${page}`;
  const text =
    `Slack renews Paperboy’s access to ${name} no more, so digests end on ${until} UTC. ` +
    `Please install Paperboy again ${where}: every setting and bookmark stays.`;
  const { channel } = await client.conversations.open({ users: installer });
  await client.chat.postMessage({
    channel: channel?.id ?? installer,
    ...contentOf({ text, blocks: [] }),
  });
}
