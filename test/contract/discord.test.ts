import type { Block } from '../../src/core/message.ts';
import type { ChatPlatform, Inbox } from '../../src/core/platform.ts';
import type { DiscordServer, DiscordServerOptions } from '../fakes/discord-server/index.ts';
import type { InteractionHandle } from '../fakes/discord-server/interaction.ts';
import type { Actor } from '../fakes/discord-server/invocation/invoke.ts';
import type { Message } from '../fakes/discord-server/world.ts';
import { openScene, until, type Scene } from '../discord/open-discord.ts';
import { customIdOf, wordsOf } from '../discord/screen.ts';
import { platformContract, type PlatformRig, type ServiceFailure } from './platform-contract.ts';

platformContract('Discord', openRig);

// The contract is no test of the limits: those of a channel would only make it slow.
const RATES: DiscordServerOptions = {
  rates: { 'POST /channels/:channel/messages': { limit: 100, perMs: 1_000 } },
};

const POSTS = /^POST \/channels\/\d+\/messages$/;

const FAILURES: Readonly<Record<ServiceFailure, (server: DiscordServer) => void>> = {
  'asks to wait 2 s': (server) => {
    server.fail({ kind: 'rate-limit', scope: 'user', retryAfterMs: 2_000 }, { on: POSTS });
  },
  'forbids the bot to post': (server) => {
    server.fail({ kind: 'status', status: 403, code: 50013 }, { on: POSTS });
  },
  'has lost the channel': (server) => {
    server.fail({ kind: 'status', status: 404, code: 10003 }, { on: POSTS });
  },
  'refuses the content': (server) => {
    // In its plainest form as well.
    server.fail({ kind: 'status', status: 400, code: 50035 }, { on: POSTS, times: 2 });
  },
  'is down, and surely did nothing': (server) => {
    server.fail({ kind: 'status', status: 502 }, { on: POSTS });
  },
  'breaks the connection after it posted': (server) => {
    server.fail({ kind: 'reset', acted: true }, { on: POSTS });
  },
};

async function openRig(): Promise<PlatformRig> {
  const scene = await openScene({ server: RATES });
  const { server, channel, ref, ada } = scene;
  const { platform, told } = counting(scene.platform);
  const actor: Actor = { channel, userId: ada };
  let form: InteractionHandle | undefined;

  async function settle(handle: InteractionHandle): Promise<void> {
    const calls = told.calls + 1;
    const { type } = await handle.first(4_000);
    if (type === 9) form = handle;
    await until(() => told.calls >= calls, 'the command');
    await quiet(server);
  }

  async function use(
    block: Block,
    label: string,
    act: (message: Message, id: string) => InteractionHandle,
  ): Promise<void> {
    const { message } = await platform.post(ref, { summary: label, blocks: [block] }, { key: 'x' });
    const posted = channel.messages.get(message)!;
    await settle(act(posted, customIdOf(posted, label)));
  }

  return {
    platform,
    channel: ref,
    reader: { platform: 'discord', tenant: 'discord', user: ada },
    directMessages: () =>
      Promise.resolve(server.messagesIn(server.dmOf(ada).id).map((message) => wordsOf(message))),
    shown: () => Promise.resolve(shownIn(scene)),
    shownPrivately: () => Promise.resolve(server.ephemeralsOf(ada).map(wordsOf)),
    pings: () => Promise.resolve(server.messagesIn(channel.id).flatMap(({ pings }) => pings)),
    type: (text) => settle(server.runCommand(actor, toInput(text))),
    press: (button) =>
      use({ type: 'actions', buttons: [button] }, button.label, (message, id) =>
        server.pressButton(actor, message, id),
      ),
    pick: (menu, value) =>
      use({ type: 'menu', menu }, menu.label, (message, id) =>
        server.chooseOption(actor, message, id, [value]),
      ),
    complete: async (command, arg, typed) => {
      const input = { name: 'papers', subcommand: command, options: { [arg]: typed } };
      const { data } = await server.autocomplete(actor, { ...input, focused: arg }).first();
      return (data['choices'] as readonly { name: string }[]).map(({ name }) => name);
    },
    useMenu: (entry, { message }) =>
      settle(server.contextMenu(actor, entry, channel.messages.get(message)!)),
    sendForm: (values) => {
      const typed = Object.entries(values).map(([name, value]) => [
        name,
        [value].flat().join(', '),
      ]);
      return settle(
        server.submitModal(actor, form!, Object.fromEntries(typed) as Record<string, string>),
      );
    },
    failNext: (failure) => {
      FAILURES[failure](server);
      return Promise.resolve();
    },
    react: async ({ channel: channelId, message: id }, emoji, added) => {
      const before = told.reactions;
      if (added) server.react({ channelId, id }, emoji, ada);
      else server.unreact({ channelId, id }, emoji, ada);
      await until(() => told.reactions > before, 'the reaction');
    },
    reactAsBot: async ({ channel: channelId, message: id }, emoji) => {
      server.react({ channelId, id }, emoji, server.bot.id);
      // Events come in order, so a later one that was handled means that this one was as well.
      server.react({ channelId, id }, '🎉', server.addUser({ bot: true }).id);
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
    close: scene.close,
  };
}

/** The platform with a count of what its inbox has finished. */
function counting(platform: ChatPlatform) {
  const told = { calls: 0, reactions: 0 };
  const watch = (inbox: Inbox): Inbox => ({
    ...inbox,
    command: (call) => inbox.command(call).finally(() => (told.calls += 1)),
    reaction: (reaction) => inbox.reaction(reaction).finally(() => (told.reactions += 1)),
  });
  const start: ChatPlatform['start'] = (inbox, commands) => platform.start(watch(inbox), commands);
  return { platform: { ...platform, start }, told };
}

/** Resolves once nothing was asked of Discord for a while. */
async function quiet({ requests }: DiscordServer): Promise<void> {
  for (let count = -1; count !== requests.length;) {
    count = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

function shownIn({ server, channel }: Scene) {
  const inThreads = server
    .threadsOf(channel.id)
    .flatMap(({ id }) =>
      server.messagesIn(id).map((message) => ({ message, thread: { thread: id } })),
    );
  const own = server.messagesIn(channel.id).map((message) => ({ message, thread: {} }));
  return [...own, ...inThreads]
    .sort((one, other) => (BigInt(one.message.id) < BigInt(other.message.id) ? -1 : 1))
    .map(({ message, thread }) => ({ id: message.id, text: wordsOf(message), ...thread }));
}

/** `topic "video generation"` as a reader fills it in. */
function toInput(line: string) {
  const [, subcommand = '', query] = /^(\S+)(?: "(.*)")?$/.exec(line) ?? [];
  return { name: 'papers', subcommand, options: query === undefined ? {} : { query } };
}
