import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
  type Client,
  type Interaction,
} from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, createRest, login, refusalOf } from './client.ts';
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
            {
              name: 'count',
              description: 'How many',
              type: ApplicationCommandOptionType.Integer,
              maxValue: 20,
            },
            {
              name: 'where',
              description: 'Channel',
              type: ApplicationCommandOptionType.Channel,
            },
          ],
        },
      ],
    },
    { name: 'Save paper', type: ApplicationCommandType.Message },
  ]);
});

afterEach(async () => {
  await client.destroy();
  await server.close();
  expect(server.crashes).toEqual([]);
  expect(server.violations).toEqual([]);
});

/** Answers the next interactions; what goes wrong rejects. */
function answer<Kind extends Interaction>(
  is: (interaction: Interaction) => interaction is Kind,
  act: (interaction: Kind) => Promise<unknown>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    client.on('interactionCreate', (interaction) => {
      if (is(interaction)) act(interaction).then(resolve, reject);
    });
  });
}

const isCommand = (each: Interaction) => each.isChatInputCommand();
const isButton = (each: Interaction) => each.isButton();
const topic = { name: 'papers', subcommand: 'topic', options: { query: 'agents', count: 3 } };

test('a command makes its way to the bot with typed options, and its answers back', async () => {
  const done = answer(isCommand, async (interaction) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { options } = interaction;
    const where = options.getChannel('where', true);
    await interaction.editReply(
      `${options.getString('query')} ${options.getInteger('count')} ${where.id}`,
    );
    await interaction.followUp('To all');
  });
  const { channel, userId } = ada;
  const handle = server.runCommand(ada, {
    ...topic,
    options: { ...topic.options, where: channel.id },
  });
  expect(await handle.first()).toMatchObject({ type: 5 });
  expect(await handle.reply()).toMatchObject({
    content: `agents 3 ${channel.id}`,
    ephemeralFor: userId,
  });
  expect(await handle.followUps(1)).toMatchObject([{ content: 'To all' }]);
  await done;
  expect(server.ephemeralsOf(userId)).toHaveLength(1);
  expect(server.messagesIn(channel.id)).toMatchObject([{ content: 'To all' }]);
});

test.each([
  ['an unknown command', { name: 'nothing' }, /no command/],
  ['a missing option', { ...topic, options: {} }, /query is required/],
  ['an unknown option', { ...topic, options: { query: 'x', size: 3 } }, /no option size/],
  ['a wrong type', { ...topic, options: { query: 'x', count: 'three' } }, /takes a number/],
  ['too much', { ...topic, options: { query: 'x', count: 21 } }, /out of bounds/],
  ['no subcommand', { name: 'papers' }, /needs a subcommand/],
])('Discord’s client does not send %s', (_what, command, problem) => {
  expect(() => server.runCommand(ada, command)).toThrow(problem);
});

test('an option being typed gets its suggestions', async () => {
  const done = answer(
    (each) => each.isAutocomplete(),
    (interaction) =>
      interaction.respond([{ name: 'Agents', value: interaction.options.getFocused() }]),
  );
  const handle = server.autocomplete(ada, {
    ...topic,
    options: { query: 'age' },
    focused: 'query',
  });
  expect((await handle.first()).data).toEqual({ choices: [{ name: 'Agents', value: 'age' }] });
  await done;
});

test('a message’s menu gives its message', async () => {
  const target = server.write(ada.channel, ada.userId, 'https://arxiv.org/abs/2608.00001');
  const done = answer(
    (each) => each.isMessageContextMenuCommand(),
    (interaction) => interaction.reply(interaction.targetMessage.content),
  );
  const reply = await server.contextMenu(ada, 'Save paper', target).reply();
  expect(reply.content).toBe(target.content);
  await done;
});

const save = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('save 1').setLabel('Save').setStyle(ButtonStyle.Secondary),
);

/** Runs a command that answers with a button, for its user alone unless `open`. */
async function withButton(open = true) {
  const done = answer(isCommand, (interaction) =>
    interaction.reply({
      content: 'A paper',
      components: [save],
      ...(!open && { flags: MessageFlags.Ephemeral }),
    }),
  );
  const message = await server.runCommand(ada, topic).reply();
  await done;
  return message;
}

test('a pressed button can change its message', async () => {
  const message = await withButton();
  const done = answer(isButton, (interaction) =>
    interaction.update({ content: `${interaction.customId} done`, components: [] }),
  );
  await server.pressButton(ada, message, 'save 1').reply();
  await done;
  expect(server.messagesIn(ada.channel.id)).toMatchObject([
    { content: 'save 1 done', components: [] },
  ]);
  expect(() => server.pressButton(ada, message, 'save 1')).toThrow('no component');
});

test('only who sees a message can press its buttons', async () => {
  const message = await withButton(false);
  const bob = { ...ada, userId: server.bot.id };
  expect(() => server.pressButton(bob, message, 'save 1')).toThrow('not shown');
});

test('a button opens a form, and the form comes back filled in', async () => {
  const message = await withButton();
  const input = new TextInputBuilder().setCustomId('at').setStyle(TextInputStyle.Short);
  const form = new ModalBuilder()
    .setCustomId('settings')
    .setTitle('Settings')
    .addLabelComponents(new LabelBuilder().setLabel('Time').setTextInputComponent(input));
  const opened = answer(isButton, (interaction) => interaction.showModal(form));
  const opener = server.pressButton(ada, message, 'save 1');
  expect(await opener.first()).toMatchObject({ type: 9, data: { title: 'Settings' } });
  await opened;
  const done = answer(
    (each) => each.isModalSubmit(),
    (interaction) => interaction.reply(`At ${interaction.fields.getTextInputValue('at')}`),
  );
  expect(await server.submitModal(ada, opener, { at: '09:00' }).reply()).toMatchObject({
    content: 'At 09:00',
  });
  await done;
});

test('an answer after three seconds is too late, and a second one is one too many', async () => {
  const late = answer(isCommand, async (interaction) => {
    server.clock.advance(3_001);
    return refusalOf(interaction.reply('x'));
  });
  server.runCommand(ada, topic);
  expect(await late).toMatchObject({ code: 10062, status: 404 });
  client.removeAllListeners('interactionCreate');
  const twice = answer(isCommand, async (interaction) => {
    const path = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    const again = { body: { type: 4, data: { content: 'x' } }, auth: false };
    await interaction.reply('x');
    return refusalOf(client.rest.post(path, again));
  });
  server.runCommand(ada, topic);
  expect(await twice).toMatchObject({ code: 40060, status: 400 });
});

test('after fifteen minutes the token of an interaction is worth nothing', async () => {
  const done = answer(isCommand, async (interaction) => {
    await interaction.deferReply();
    server.clock.advance(15 * 60_000 + 1);
    return refusalOf(interaction.editReply('x'));
  });
  server.runCommand(ada, topic);
  expect(await done).toMatchObject({ code: 50027, status: 401 });
});

test('a command works in private too', async () => {
  const done = answer(isCommand, (interaction) => interaction.reply(String(interaction.inGuild())));
  const channel = server.dmOf(ada.userId);
  const reply = await server.runCommand({ ...ada, channel }, topic).reply();
  expect(reply).toMatchObject({ channelId: channel.id, content: 'false' });
  await done;
});

test('where only the user installed the app, it may follow up five times', async () => {
  const guild = server.addGuild({ withBot: false });
  const channel = server.addChannel({ guild });
  const bob = server.addUser({ guilds: [guild] });
  const done = answer(isCommand, async (interaction) => {
    await interaction.reply('0');
    for (let count = 1; count <= 5; count++) await interaction.followUp(String(count));
    return refusalOf(interaction.followUp('6'));
  });
  server.runCommand({ channel, userId: bob.id, userInstalled: true }, topic);
  expect(await done).toMatchObject({ code: 40094 });
  expect(server.messagesIn(channel.id)).toHaveLength(6);
});

test('a follow-up can be read, changed and deleted', async () => {
  const done = answer(isCommand, async (interaction) => {
    await interaction.reply('First');
    const more = await interaction.followUp({ content: 'Two', flags: MessageFlags.Ephemeral });
    await interaction.webhook.editMessage(more, 'Three');
    expect((await interaction.fetchReply()).content).toBe('First');
    expect(server.ephemeralsOf(ada.userId)).toMatchObject([{ content: 'Three' }]);
    await interaction.webhook.deleteMessage(more);
    await interaction.deleteReply();
  });
  server.runCommand(ada, topic);
  await done;
  expect(server.ephemeralsOf(ada.userId)).toEqual([]);
  expect(server.messagesIn(ada.channel.id)).toEqual([]);
});

test('commands keep their ids when they are registered again, and are checked', async () => {
  const rest = createRest(server);
  const path = `/applications/${server.bot.id}/commands` as const;
  const before = server.commandsOf().map(({ id }) => id);
  const one = { name: 'papers', description: 'Papers' };
  await rest.put(path, { body: [one] });
  expect(server.commandsOf().map(({ id }) => id)).toEqual(before.slice(0, 1));
  const many = Array.from({ length: 101 }, (_, at) => ({ ...one, name: `papers-${at}` }));
  expect(await refusalOf(rest.put(path, { body: many }))).toMatchObject({ code: 30032 });
  for (const wrong of [
    { ...one, name: 'Papers of today' },
    { ...one, description: '' },
  ]) {
    expect(await refusalOf(rest.post(path, { body: wrong }))).toMatchObject({ code: 50035 });
  }
});
