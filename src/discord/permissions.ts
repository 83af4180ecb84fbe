import { PermissionFlagsBits, type Client } from 'discord.js';
import type { Place } from './places.ts';

/** One permission that we ask for: Discord's name of it, and what it is for. */
interface Need {
  readonly bit: bigint;
  readonly name: string;
  readonly purpose: string;
}

const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
const { Connect, CreatePublicThreads, EmbedLinks, ReadMessageHistory } = PermissionFlagsBits;

const VIEW: Need = { bit: ViewChannel, name: 'View Channel', purpose: 'to see it at all' };
const SEND: Need = { bit: SendMessages, name: 'Send Messages', purpose: 'to post digests' };
const SEND_IN_THREADS: Need = {
  bit: SendMessagesInThreads,
  name: 'Send Messages in Threads',
  purpose: 'to post the papers of a digest in its thread',
};
const CREATE_THREADS: Need = {
  bit: CreatePublicThreads,
  name: 'Create Public Threads',
  purpose: 'to open a thread below a digest',
};
const EMBED: Need = {
  bit: EmbedLinks,
  name: 'Embed Links',
  purpose: 'to show pictures and links of papers',
};
const HISTORY: Need = {
  bit: ReadMessageHistory,
  name: 'Read Message History',
  purpose: 'to make sure that nothing is posted twice, and to see reactions after a restart',
};

/**
 * Everyone has it unless a channel takes it away, so that it is not asked for. "For voice and stage
 * channels, denying the CONNECT permission also implicitly denies other permissions".
 * https://docs.discord.com/developers/topics/permissions#implicit-permissions
 */
const CONNECT: Need = {
  bit: Connect,
  name: 'Connect',
  purpose: 'to write beside a voice channel',
};

/** Every permission that Paperboy asks for, and what for. Never to mention, never to administer. */
const PERMISSIONS: readonly Need[] = [VIEW, SEND, CREATE_THREADS, SEND_IN_THREADS, EMBED, HISTORY];

const NEEDS: Readonly<Record<Place['kind'], readonly Need[]>> = {
  text: PERMISSIONS,
  announcement: PERMISSIONS,
  forum: [VIEW, SEND, SEND_IN_THREADS, EMBED, HISTORY],
  thread: [VIEW, SEND_IN_THREADS, EMBED, HISTORY],
  chat: [VIEW, CONNECT, SEND, EMBED, HISTORY],
  direct: [],
};

/** The permissions that are missing in a place, by what Discord has told us of roles and channels. */
export function missingIn(client: Client, { id, kind }: Place): readonly Need[] {
  const channel = client.channels.cache.get(id);
  if (channel === undefined || channel.isDMBased() || client.user === null) return [];
  const held = channel.permissionsFor(client.user);
  return held === null ? [] : NEEDS[kind].filter(({ bit }) => !held.has(bit));
}

/** Without these nothing can be posted; without the others only some of it. */
export function isVital({ bit }: Need, kind: Place['kind']): boolean {
  if (bit === ViewChannel || bit === Connect) return true;
  return bit === (kind === 'thread' ? SendMessagesInThreads : SendMessages);
}

/** Without these a digest's papers can't stand in its thread. */
export function isForThreads({ bit }: Need): boolean {
  return bit === CreatePublicThreads || bit === SendMessagesInThreads;
}

/** The same, where the place itself can do without them. */
export function isForThreadsAlone(need: Need, kind: Place['kind']): boolean {
  return isForThreads(need) && (kind === 'text' || kind === 'announcement');
}

export function isHistory({ bit }: Need): boolean {
  return bit === ReadMessageHistory;
}

export function toAdvice({ name, purpose }: Need): string {
  return (
    `Paperboy lacks the permission ${name} in this channel (${purpose}): ` +
    'grant it to Paperboy’s role under Edit Channel, Permissions.'
  );
}

/** The link by which a person adds Paperboy for themselves, wherever they are. */
export function personalLink(application: string): string {
  const query = `client_id=${application}&integration_type=1&scope=applications.commands`;
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** The link by which an administrator adds Paperboy with these permissions. */
export function inviteLink(application: string): string {
  const bits = PERMISSIONS.reduce((sum, { bit }) => sum | bit, 0n);
  const query = `client_id=${application}&permissions=${bits}&scope=bot+applications.commands`;
  return `https://discord.com/oauth2/authorize?${query}`;
}
