import type { UploadedFile } from './http/route.ts';
import {
  checkMessage,
  COMPONENTS_V2,
  EPHEMERAL,
  flatten,
  type MessageBody,
} from './limits/message.ts';
import { pingsOf } from './mentions.ts';
import { wireMessage } from './wire/message.ts';
import type { Channel, Json, Message, World } from './world.ts';

interface Origin {
  readonly authorId: string;
  readonly nonce?: string | number | null | undefined;
  readonly replyTo?: string | undefined;
  readonly interactionId?: string;
  readonly ephemeralFor?: string | undefined;
  readonly files?: readonly UploadedFile[];
  /** A forum post's first message has its thread's id. */
  readonly id?: string;
}

/** Makes a message that stands nowhere yet, its body checked as a whole. */
export function makeMessage(
  world: World,
  channelId: string,
  body: MessageBody,
  { authorId, nonce, replyTo, interactionId, ephemeralFor, files = [], id }: Origin,
): Message {
  const flags = (body.flags ?? 0) & (COMPONENTS_V2 | EPHEMERAL | 4 | (1 << 12));
  checkMessage(body, flags, files.length);
  return {
    id: id ?? world.nextId(),
    channelId,
    authorId,
    type: interactionId === undefined ? (replyTo === undefined ? 0 : 19) : 20,
    timestamp: world.clock.now(),
    ...(typeof nonce !== 'object' && nonce !== undefined && { nonce }),
    ...(replyTo !== undefined && { replyTo }),
    ...(interactionId !== undefined && { interactionId }),
    ...(ephemeralFor !== undefined && { ephemeralFor }),
    content: body.content ?? '',
    embeds: shownEmbeds(body.embeds),
    components: numbered(body.components),
    attachments: files.map((file) => wireFile(world, file)),
    flags,
    pings: pingsOf(body.content ?? '', body.components, body.allowed_mentions),
    reactions: new Map(),
    bursts: new Map(),
    bodies: [body],
  };
}

/** Puts a message in its channel and tells the gateway. */
export function publish(world: World, channel: Channel, message: Message): void {
  channel.messages.set(message.id, message);
  announce(world, 'MESSAGE_CREATE', channel, message);
}

function announce(
  world: World,
  t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  channel: Channel,
  message: Message,
): void {
  const { guildId } = channel;
  const d = { ...wireMessage(world, message), ...(guildId && { guild_id: guildId }) };
  world.emit({ t, d, ...(guildId !== undefined && { guildId }) });
}

/** Tells of an edit, unless only one user sees the message. */
export function announceEdit(world: World, message: Message): void {
  const channel = world.channels.get(message.channelId);
  if (channel && message.ephemeralFor === undefined) {
    announce(world, 'MESSAGE_UPDATE', channel, message);
  }
}

/** Replaces what the body names, and leaves the rest. The V2 flag can be set, never removed. */
export function changeMessage(
  world: World,
  message: Message,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): void {
  const flags = message.flags | ((body.flags ?? 0) & (COMPONENTS_V2 | 4));
  const whole = {
    content: body.content === undefined ? message.content : body.content,
    embeds: body.embeds === undefined ? message.embeds : body.embeds,
    components: body.components === undefined ? message.components : body.components,
  };
  checkMessage(whole, flags, message.attachments.length + files.length);
  message.content = whole.content ?? '';
  message.embeds = shownEmbeds(whole.embeds);
  message.components = numbered(whole.components);
  message.flags = flags;
  if (body.attachments || files.length > 0) keepAttachments(world, message, body, files);
  message.editedAt = world.clock.now();
  message.pings = [
    ...new Set([
      ...message.pings,
      ...pingsOf(message.content, message.components, body.allowed_mentions),
    ]),
  ];
  message.bodies.push(body);
}

function keepAttachments(
  world: World,
  message: Message,
  { attachments }: MessageBody,
  files: readonly UploadedFile[],
): void {
  const kept = attachments
    ? message.attachments.filter(({ id }) => attachments.some((each) => each['id'] === id))
    : message.attachments;
  message.attachments = [...kept, ...files.map((file) => wireFile(world, file))];
}

function wireFile(world: World, { name, size, text }: UploadedFile): Json {
  const id = world.nextId();
  const url = `https://cdn.discordapp.com/attachments/${id}/${name}`;
  return { id, filename: name, size, url, proxy_url: url, content: text };
}

/** "Embeds are deduplicated by URL … only the first is shown". */
function shownEmbeds(embeds: readonly Json[] | null | undefined): Json[] {
  const seen = new Set<unknown>();
  return (embeds ?? []).flatMap((embed) => {
    const url = embed['url'];
    if (typeof url === 'string' && seen.has(url)) return [];
    seen.add(url);
    return [{ type: 'rich', ...embed }];
  });
}

/** Discord numbers the components of which no id was given. */
function numbered(components: readonly Json[] | null | undefined): Json[] {
  const copy = structuredClone(components ?? []) as Json[];
  flatten(copy).forEach((each, index) => {
    const node = each as { id?: number };
    node.id ??= index + 1;
  });
  return copy;
}
