import { DeliveryError, type ChannelRef, type PostOptions } from '../core/index.ts';
import { METADATA_TYPE } from './body.ts';
import { slackErrorOf } from './errors.ts';
import type { Workspace } from './workspaces.ts';

/** Slack's clock and ours may differ a little … */
const SKEW_S = 120;

/** … and ours may have been set wrong by days: it costs little to look further back. */
const WRONG_S = 3 * 86_400;

/** More messages than a channel gets between an attempt and its next one, as a rule. */
const PAGE = 200;
const MOST_PAGES = 5;

/**
 * The message that an earlier attempt left in Slack, or undefined when there was no attempt or it
 * left none. Slack knows no key that would make one message of two posts, so we have to look.
 * Rejects with `held`, for a person to look, where we may not.
 */
export async function findPosted(
  workspace: Workspace,
  channel: ChannelRef,
  id: string,
  { attemptedAt, thread }: PostOptions,
): Promise<string | undefined> {
  if (attemptedAt === undefined) return undefined;
  const attempted = attemptedAt.getTime() / 1000;
  const oldest = String(attempted - WRONG_S);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { messages = [], ...rest } = await read(workspace, {
      channel: channel.channel,
      oldest,
      limit: PAGE,
      include_all_metadata: true,
      ...(thread !== undefined && { ts: thread.message }),
      ...(cursor !== undefined && { cursor }),
    });
    const found = messages.find((message) => idIn(message) === id);
    if (found?.ts !== undefined) return found.ts;
    cursor = rest.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') return undefined;
    if (page === MOST_PAGES - 1 && isBefore(messages, attempted - SKEW_S)) return undefined;
  }
  throw cannotTell('the channel has too many newer messages');
}

/** Whether messages, the newest first, reach back to before that time. */
function isBefore(messages: NonNullable<Read['messages']>, time: number): boolean {
  return Number(messages.at(-1)?.ts) < time;
}

interface Reading {
  readonly channel: string;
  readonly oldest: string;
  readonly limit: number;
  readonly include_all_metadata: true;
  readonly ts?: string;
  readonly cursor?: string;
}

interface Read {
  readonly messages?: readonly { readonly ts?: string }[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

async function read({ client }: Workspace, { ts, ...reading }: Reading): Promise<Read> {
  try {
    return ts === undefined
      ? await client.conversations.history(reading)
      : await client.conversations.replies({ ...reading, ts });
  } catch (error) {
    const name = slackErrorOf(error);
    if (name === 'thread_not_found') return {};
    if (name !== 'missing_scope') throw error;
    throw cannotTell('Paperboy has no scope to read the channel (channels:history)');
  }
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
