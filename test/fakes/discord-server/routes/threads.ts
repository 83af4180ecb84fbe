import { z } from 'zod';
import { knownMessage, may, requirePermissions, seenChannel } from '../access.ts';
import { apiError } from '../errors.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import { Snowflake, text } from '../limits/form.ts';
import { MessageBody } from '../limits/message.ts';
import { makeMessage, publish } from '../posts.ts';
import { archiveIdle, createThread } from '../threads.ts';
import { wireChannel } from '../wire/channel.ts';
import { wireMessage } from '../wire/message.ts';
import type { Channel, World } from '../world.ts';
import { requireContents } from './messages.ts';

const Minutes = z.literal([60, 1440, 4320, 10080]).nullish();

const thread = {
  name: text(100, 1),
  auto_archive_duration: Minutes,
  rate_limit_per_user: z.int().min(0).max(21_600).nullish(),
};

const FromMessage = z.looseObject(thread);
type FromMessage = z.infer<typeof FromMessage>;

const WithoutMessage = z.looseObject({
  ...thread,
  type: z.int().nullish(),
  applied_tags: z.array(Snowflake).max(5).nullish(),
  message: MessageBody.optional(),
});
type WithoutMessage = z.infer<typeof WithoutMessage>;

export const threadRoutes: readonly Route[] = [
  route('POST /channels/:channel/messages/:message/threads', FromMessage, fromMessage),
  route('POST /channels/:channel/threads', WithoutMessage, withoutMessage),
  route('GET /channels/:channel/threads/archived/public', undefined, archived),
  route('GET /guilds/:guild/threads/active', undefined, active),
  route('PUT /channels/:channel/thread-members/@me', undefined, ({ world, params }) => {
    seenChannel(world, params['channel']);
    return NOTHING;
  }),
];

function fromMessage({ world, params, body }: Call<FromMessage>): Answer {
  const channel = seenChannel(world, params['channel']);
  if (channel.type !== 0 && channel.type !== 5) throw apiError(50024);
  const message = knownMessage(channel, params['message']);
  requirePermissions(world, channel, 'CREATE_PUBLIC_THREADS');
  if (world.channels.has(message.id)) throw apiError(160004);
  checkRoom(world, channel);
  message.flags |= HAS_THREAD;
  const made = createThread(world, channel, { ...optionsOf(body), id: message.id });
  return json(wireChannel(made), 201);
}

const HAS_THREAD = 1 << 5;

function optionsOf({ name, auto_archive_duration: minutes }: FromMessage) {
  return { name, autoArchiveMinutes: minutes ?? 4_320 };
}

/** 160006 where the server has as many active threads as it may. */
function checkRoom(world: World, { guildId }: Channel): void {
  archiveIdle(world);
  const active = [...world.channels.values()].filter(
    (each) => each.guildId === guildId && each.thread?.archived === false,
  );
  if (active.length >= world.options.maxActiveThreads) throw apiError(160006);
}

function withoutMessage(call: Call<WithoutMessage>): Answer {
  const { world, params, body } = call;
  const channel = seenChannel(world, params['channel']);
  if (channel.type === 15) return forumPost(call, channel);
  if (channel.type !== 0 && channel.type !== 5) throw apiError(50024);
  requirePermissions(world, channel, 'CREATE_PUBLIC_THREADS');
  checkRoom(world, channel);
  return json(wireChannel(createThread(world, channel, optionsOf(body))), 201);
}

function forumPost({ world, body, files }: Call<WithoutMessage>, forum: Channel): Answer {
  requirePermissions(world, forum, 'SEND_MESSAGES');
  const tags = body.applied_tags ?? [];
  if (forum.requireTag && tags.length === 0) throw apiError(40067);
  if (!tags.every((id) => forum.tags.some((tag) => tag.id === id))) throw apiError(10087);
  checkRoom(world, forum);
  const starter = body.message ?? {};
  requireContents(world, forum, starter, files.length);
  const id = world.nextId();
  const message = makeMessage(world, id, starter, { authorId: world.bot.id, files, id });
  const made = createThread(world, forum, { ...optionsOf(body), id, appliedTags: tags });
  publish(world, made, message);
  return json({ ...wireChannel(made), message: wireMessage(world, message) }, 201);
}

function archived({ world, params }: Call<undefined>): Answer {
  const channel = seenChannel(world, params['channel']);
  const mayRead = may(world, channel, 'READ_MESSAGE_HISTORY');
  const threads = [...world.channels.values()].filter(
    ({ parentId, thread: state }) => mayRead && parentId === channel.id && state?.archived,
  );
  return json({ threads: threads.map((each) => wireChannel(each)), members: [], has_more: false });
}

function active({ world, params }: Call<undefined>): Answer {
  if (!world.guilds.get(params['guild'] ?? '')?.members.has(world.bot.id)) throw apiError(10004);
  const threads = [...world.channels.values()].filter(
    (each) =>
      each.guildId === params['guild'] &&
      each.thread?.archived === false &&
      may(world, each, 'VIEW_CHANNEL'),
  );
  return json({ threads: threads.map((each) => wireChannel(each)), members: [] });
}
