import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingInbox, type RecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import type { Channel, Guild } from '../fakes/discord-server/world.ts';
import { shardOf } from '../fakes/discord-server/gateway/session.ts';
import { openScene, until, type Scene } from './open-discord.ts';
import { wordsOf } from './screen.ts';

const SHARDS = 2;
const LOST = '{"op":9,"d":false}';

let scene: Scene;
let inbox: RecordingInbox;
/** One for each shard, in order. */
/** All that there are, the scene's own too. */
let guildCount: number;
let guilds: Guild[];
let channels: Channel[];

beforeEach(async () => {
  scene = await openScene({ server: { gateway: { shards: SHARDS, maxConcurrency: SHARDS } } });
  inbox = createRecordingInbox();
  guildCount = 1;
  guilds = [guildOn(0), guildOn(1)];
  channels = guilds.map((guild) => scene.server.addChannel({ guild }));
  await scene.platform.start(inbox, definitions);
});

afterEach(() => scene.close());

function guildOn(shard: number): Guild {
  for (;;) {
    const guild = scene.server.addGuild();
    guildCount += 1;
    if (shardOf(guild.id, SHARDS) === shard) return guild;
  }
}

function post({ guildId = '', id }: Channel, key: string) {
  const ref = { platform: 'discord', tenant: guildId, channel: id };
  return scene.platform.post(ref, lineMessage(key), { key });
}

describe('A bot in more servers than one connection may hold', () => {
  it('posts in each, and hears each once', async () => {
    const { server, platform } = scene;
    expect(server.gateway.budget.used).toBe(SHARDS);
    expect(platform.describe()).toContain(`in ${guildCount} servers`);
    inbox.reply = { private: false, message: lineMessage('here') };
    for (const [index, channel] of channels.entries()) {
      const ref = await post(channel, `digest ${index}`);
      const guild = guilds[index]!;
      const userId = server.addUser({ guilds: [guild] }).id;
      server.react({ channelId: channel.id, id: ref.message }, '🔖', userId);
      const command = { name: 'papers', subcommand: 'today' };
      expect(wordsOf(await server.runCommand({ channel, userId }, command).reply())).toBe('here');
      await until(() => inbox.reactions.length > index, 'the reaction');
    }
    const places = channels.map(({ id }) => id);
    expect(inbox.reactions.map(({ message }) => message.channel)).toEqual(places);
    expect(inbox.calls.map((call) => call.channel.channel)).toEqual(places);
  });

  it('reads after a lost session what was missed there, and nothing elsewhere', async () => {
    const { server } = scene;
    const refs = [await post(channels[0]!, 'a'), await post(channels[1]!, 'b')];
    inbox.recentMessages = refs;
    const [, second] = [...server.gateway.sessions.values()].sort(
      (one, other) => one.shard[0] - other.shard[0],
    );
    second?.socket?.send(LOST);
    await until(() => inbox.reconciled.length >= 3, 'the reactions', 15_000);
    expect(new Set(inbox.reconciled.map(({ message }) => message))).toEqual(new Set([refs[1]]));
    expect(server.gateway.budget.used).toBe(SHARDS + 1);
  }, 20_000);
});
