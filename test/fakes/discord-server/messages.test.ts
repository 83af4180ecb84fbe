import type { Client, TextChannel } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, login } from './client.ts';
import { startDiscordServer, type DiscordServer } from './index.ts';

let server: DiscordServer;
let client: Client;

beforeEach(async () => {
  server = await startDiscordServer();
});

afterEach(async () => {
  await client.destroy();
  await server.close();
  expect(server.crashes).toEqual([]);
});

async function channelOf(): Promise<TextChannel> {
  const guild = server.addGuild();
  const { id } = server.addChannel({ guild });
  client = await login(createClient(server), server);
  return (await client.channels.fetch(id)) as TextChannel;
}

test('a message that was posted stands in its channel', async () => {
  const channel = await channelOf();
  const sent = await channel.send({ content: 'Hello', allowedMentions: { parse: [] } });
  expect(server.messagesIn(channel.id)).toMatchObject([{ id: sent.id, content: 'Hello' }]);
  expect(server.violations).toEqual([]);
});
