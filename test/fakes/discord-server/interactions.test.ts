import { ApplicationCommandOptionType, MessageFlags, type Client } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, login } from './client.ts';
import { startDiscordServer, type DiscordServer } from './index.ts';
import type { Actor } from './invocation/invoke.ts';

let server: DiscordServer;
let client: Client;
let ada: Actor;

beforeEach(async () => {
  server = await startDiscordServer();
  const guild = server.addGuild();
  const channel = server.addChannel({ guild });
  ada = { channel, userId: server.addUser({ guilds: [guild] }).id };
  const connected = await login(createClient(server), server);
  client = connected;
  await connected.application.commands.set([
    {
      name: 'papers',
      description: 'Papers',
      options: [
        {
          name: 'topic',
          description: 'Search',
          type: ApplicationCommandOptionType.Subcommand,
          options: [
            {
              name: 'query',
              description: 'Words',
              type: ApplicationCommandOptionType.String,
              required: true,
              autocomplete: true,
            },
            { name: 'count', description: 'How many', type: ApplicationCommandOptionType.Integer },
          ],
        },
      ],
    },
  ]);
});

afterEach(async () => {
  await client.destroy();
  await server.close();
  expect(server.crashes).toEqual([]);
  expect(server.violations).toEqual([]);
});

const topic = { name: 'papers', subcommand: 'topic', options: { query: 'agents', count: 3 } };

test('a command makes its way to the bot with typed options, and its answers back', async () => {
  client.on('interactionCreate', async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { options } = interaction;
    await interaction.editReply(`${options.getString('query')} ${options.getInteger('count')}`);
    await interaction.followUp('To all');
  });
  const handle = server.runCommand(ada, topic);
  expect(await handle.first()).toMatchObject({ type: 5 });
  expect(await handle.reply()).toMatchObject({ content: 'agents 3', ephemeralFor: ada.userId });
  expect(await handle.followUps(1)).toMatchObject([{ content: 'To all' }]);
  expect(server.ephemeralsOf(ada.userId)).toHaveLength(1);
  expect(server.messagesIn(ada.channel.id)).toMatchObject([{ content: 'To all' }]);
});
