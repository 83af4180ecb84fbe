import { z } from 'zod';
import { may, requirePermissions, seenChannel } from '../access.ts';
import { apiError } from '../errors.ts';
import { dmWith } from '../dms.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import { Snowflake, text } from '../limits/form.ts';
import { tellOf } from '../threads.ts';
import { wireChannel } from '../wire/channel.ts';
import { wireGuild, wireMember } from '../wire/guild.ts';
import { wireUser } from '../wire/user.ts';
import type { Channel, ThreadState, World } from '../world.ts';

const ChannelChange = z.looseObject({
  name: text(100, 1).nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  rate_limit_per_user: z.int().min(0).max(21_600).nullish(),
  applied_tags: z.array(Snowflake).max(5).nullish(),
});
type ChannelChange = z.infer<typeof ChannelChange>;

const OpenDm = z.looseObject({ recipient_id: Snowflake });

export const channelRoutes: readonly Route[] = [
  route('GET /channels/:channel', undefined, ({ world, params }) =>
    json(wireChannel(seenChannel(world, params['channel']), world.users)),
  ),
  route('PATCH /channels/:channel', ChannelChange, change),
  route('POST /channels/:channel/typing', undefined, ({ world, params }) => {
    requirePermissions(world, seenChannel(world, params['channel']), 'SEND_MESSAGES');
    return NOTHING;
  }),
  route('POST /users/@me/channels', OpenDm, ({ world, body }) => {
    if (!world.users.has(body.recipient_id)) throw apiError(10013);
    return json(wireChannel(dmWith(world, body.recipient_id), world.users));
  }),
  route('GET /users/@me', undefined, ({ world }) => json(wireUser(world.bot))),
  route('GET /users/:user', undefined, ({ world, params }) => {
    const user = world.users.get(params['user'] ?? '');
    if (!user) throw apiError(10013);
    return json(wireUser(user));
  }),
  route('GET /guilds/:guild', undefined, ({ world, params }) =>
    json(wireGuild(world, ownGuild(world, params['guild']))),
  ),
  route('GET /guilds/:guild/channels', undefined, ({ world, params }) => {
    const { id } = ownGuild(world, params['guild']);
    const channels = [...world.channels.values()];
    const inGuild = channels.filter(({ guildId, thread }) => guildId === id && !thread);
    return json(inGuild.map((each) => wireChannel(each)));
  }),
  route('GET /guilds/:guild/members/:user', undefined, ({ world, params }) => {
    const guild = ownGuild(world, params['guild']);
    const id = params['user'] === '@me' ? world.bot.id : (params['user'] ?? '');
    if (!guild.members.has(id)) throw apiError(10013);
    return json(wireMember(world, guild, id));
  }),
];

function ownGuild(world: World, id = '') {
  const guild = world.guilds.get(id);
  if (!guild?.members.has(world.bot.id)) throw apiError(10004);
  return guild;
}

function change({ world, params, body }: Call<ChannelChange>): Answer {
  const channel = seenChannel(world, params['channel']);
  if (channel.thread) changeThread(world, channel, channel.thread, body);
  else requirePermissions(world, channel, 'MANAGE_CHANNELS');
  channel.name = body.name ?? channel.name;
  channel.slowmodeSeconds = body.rate_limit_per_user ?? channel.slowmodeSeconds;
  tellOf(world, channel.thread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', channel);
  return json(wireChannel(channel, world.users));
}

function changeThread(
  world: World,
  channel: Channel,
  thread: ThreadState,
  body: ChannelChange,
): void {
  const manages = may(world, channel, 'MANAGE_THREADS');
  const opens = body.archived === false && !thread.locked;
  if (thread.archived && body.archived !== false) throw apiError(50083);
  if (thread.locked && !manages) throw apiError(thread.archived ? 50083 : 160005);
  if (typeof body.locked === 'boolean' && !manages) throw apiError(50013);
  if (thread.ownerId !== world.bot.id && !opens && !manages) throw apiError(50013);
  if (typeof body.archived === 'boolean' && body.archived !== thread.archived) {
    thread.archived = body.archived;
    thread.archiveChangedAt = world.clock.now();
  }
  thread.locked = body.locked ?? thread.locked;
  thread.appliedTags = body.applied_tags ?? thread.appliedTags;
}
