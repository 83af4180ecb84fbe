import { DeliveryError, type ChannelRef, type Clock, type PostOptions } from '../core/index.ts';
import { METADATA_TYPE } from './body.ts';
import { neededScope, slackErrorOf } from './errors.ts';
import type { Turns } from './turns.ts';
import type { Workspace } from './workspaces.ts';

/** Slack's clock and ours may differ a little … */
const SKEW_S = 120;

/** … and ours may have been set wrong by days: it costs little to look further. */
const WRONG_S = 3 * 86_400;

/** As many messages as Slack advises at a time, and more than a channel gets between attempts. */
const PAGE = 200;
const MOST_MESSAGES = 1000;

/** Apps outside Slack's Marketplace get one call a minute, of 15 messages: it has to end. */
const MOST_CALLS = 20;

/** How many unfinished looks are remembered; a forgotten one begins anew. */
const MOST_LOOKS = 1000;

/** Finds what an earlier attempt left in Slack. */
export interface ReadBack {
  /**
   * The message of that page, or undefined when there was no attempt or it left none. Slack knows
   * no key that would make one message of two posts, so we have to look. Where Slack asks to wait
   * it rejects, and the next call goes on from there. Rejects with `held`, for a person to look,
   * where we may not.
   */
  find(
    workspace: Workspace,
    channel: ChannelRef,
    id: string,
    options: PostOptions,
  ): Promise<string | undefined>;
}

/** A look from the newest message of a channel back, or through a thread from its first. */
interface Look {
  /** The same for all of its pages: without it Slack begins with the oldest messages. */
  readonly latest: string;
  cursor?: string;
  calls: number;
  messages: number;
}

export function createReadBack(turns: Turns, clock: Clock): ReadBack {
  const looks = new Map<string, Look>();

  function lookFor(id: string): Look {
    const latest = String(clock().getTime() / 1000 + WRONG_S);
    const look = looks.get(id) ?? { latest, calls: 0, messages: 0 };
    if (looks.size >= MOST_LOOKS) looks.clear();
    looks.set(id, look);
    return look;
  }

  return {
    async find(workspace, channel, id, { attemptedAt, thread }) {
      if (attemptedAt === undefined) return undefined;
      const attempt = { channel, id, at: attemptedAt.getTime() / 1000, thread: thread?.message };
      try {
        const found = await search(turns, workspace, attempt, lookFor(id));
        looks.delete(id);
        return found;
      } catch (error) {
        if (!isWait(error)) looks.delete(id);
        throw error;
      }
    },
  };
}

interface Attempt {
  readonly channel: ChannelRef;
  readonly id: string;
  /** When it began, in Unix seconds. */
  readonly at: number;
  readonly thread: string | undefined;
}

async function search(
  turns: Turns,
  workspace: Workspace,
  attempt: Attempt,
  look: Look,
): Promise<string | undefined> {
  while (look.messages < MOST_MESSAGES && look.calls < MOST_CALLS) {
    const { messages = [], response_metadata: rest } = await read(turns, workspace, attempt, look);
    look.calls += 1;
    look.messages += messages.length;
    const found = messages.find((message) => idIn(message) === attempt.id);
    if (found?.ts !== undefined) return found.ts;
    const cursor = rest?.next_cursor ?? '';
    if (cursor === '') return undefined;
    look.cursor = cursor;
    const isLast = look.messages >= MOST_MESSAGES || look.calls >= MOST_CALLS;
    if (isLast && isBefore(messages, attempt)) return undefined;
  }
  throw cannotTell('there are too many other messages');
}

/** Whether the look has gone back to before the attempt; in a thread it comes from the other end. */
function isBefore(messages: NonNullable<Read['messages']>, { at, thread }: Attempt): boolean {
  return thread === undefined && Number(messages.at(-1)?.ts) < at - SKEW_S;
}

interface Read {
  readonly messages?: readonly { readonly ts?: string }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

async function read(
  turns: Turns,
  { client }: Workspace,
  { channel, at, thread }: Attempt,
  { latest, cursor }: Look,
): Promise<Read> {
  const reading = {
    channel: channel.channel,
    oldest: String(at - WRONG_S),
    latest,
    limit: PAGE,
    include_all_metadata: true,
    ...(cursor !== undefined && { cursor }),
  };
  try {
    return thread === undefined
      ? await turns(channel, 'conversations.history', () => client.conversations.history(reading))
      : await turns(channel, 'conversations.replies', () =>
          client.conversations.replies({ ...reading, ts: thread }),
        );
  } catch (error) {
    const name = slackErrorOf(error);
    if (name === 'thread_not_found') return {};
    if (name !== 'missing_scope') throw error;
    const scope = neededScope(error) ?? 'channels:history';
    throw cannotTell(`Paperboy has no scope to read the channel (${scope})`);
  }
}

function isWait(error: unknown): boolean {
  return error instanceof DeliveryError && error.kind === 'rate-limited';
}

function idIn(message: object): unknown {
  const { metadata } = message as {
    metadata?: { event_type?: string; event_payload?: { id?: unknown } };
  };
  return metadata?.event_type === METADATA_TYPE ? metadata.event_payload?.id : undefined;
}

function cannotTell(why: string): DeliveryError {
  return new DeliveryError(
    'held',
    `Slack may have shown this page already, and that can’t be checked, since ${why}.`,
  );
}
