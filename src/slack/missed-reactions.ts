import { setTimeout as delay } from 'node:timers/promises';
import { MEANINGFUL_EMOJI, type Clock, type MessageRef, type ReaderRef } from '../core/index.ts';
import { isDirect } from './direct.ts';
import { toEmoji } from './emoji.ts';
import { slackErrorOf, toDeliveryError } from './errors.ts';
import { changeKey, homeOf, type ReactionParts } from './reactions.ts';
import { SLACK } from './settings.ts';
import type { Workspace } from './workspaces.ts';

export interface MissedParts extends ReactionParts {
  readonly clock: Clock;
  /** From one look to the next in one workspace, in milliseconds. */
  readonly lookMs: number;
}

const LOOKED_BACK_MS = 7 * 86_400_000;

/** A message is read again when Slack asks to wait, or somebody reacts to it meanwhile. */
const MOST_TRIES = 5;

/** Makes up for the reactions that nobody told us of. */
export interface CatchUp {
  /** Looks in the background, after what it may be looking at now; one look may wait for its turn. */
  begin(): void;
  /** Does nothing with what Slack may still answer, so that nothing waits for it. */
  stop(): void;
}

export function createCatchUp(parts: MissedParts): CatchUp {
  const stopping = new AbortController();
  let running = Promise.resolve();
  let isQueued = false;
  return {
    begin() {
      if (isQueued) return;
      isQueued = true;
      running = running.then(() => {
        isQueued = false;
        return catchUp(parts, stopping.signal);
      });
    },
    stop() {
      stopping.abort();
    },
  };
}

/**
 * Compares the reactions on the last 7 days' messages with what the core knows: while we were away
 * nobody told us. Workspaces side by side, the newest messages first. Never rejects; ends early
 * when `signal` aborts.
 */
async function catchUp(parts: MissedParts, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const since = new Date(parts.clock().getTime() - LOOKED_BACK_MS);
  const workspaces = new Map<Workspace, MessageRef[]>();
  for (const ref of await parts.inbox.recent(SLACK, since)) {
    const workspace = parts.workspaces.get(ref.tenant);
    if (workspace === undefined) continue;
    workspaces.set(workspace, [...(workspaces.get(workspace) ?? []), ref]);
  }
  const all = [...workspaces].map(([workspace, refs]) =>
    catchUpIn(parts, workspace, refs, signal).catch((error: unknown) => {
      parts.log.warn(
        { tenant: workspace.team, err: error },
        'missed reactions were not looked for',
      );
    }),
  );
  await Promise.all(all);
}

async function catchUpIn(
  parts: MissedParts,
  workspace: Workspace,
  refs: readonly MessageRef[],
  signal: AbortSignal,
): Promise<void> {
  const isShared = sharing(workspace);
  for (const ref of refs) {
    let again: number | undefined = 0;
    for (let tries = 0; again !== undefined && tries < MOST_TRIES; tries += 1) {
      await rest(again + parts.lookMs, signal);
      if (signal.aborted) return;
      again = await look(parts, workspace, ref, isShared, signal);
    }
  }
}

type IsShared = (channel: string) => Promise<boolean>;

/** In how many milliseconds to look at it again; undefined when that is not wanted. */
async function look(
  parts: MissedParts,
  workspace: Workspace,
  ref: MessageRef,
  isShared: IsShared,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return (await compare(parts, workspace, ref, isShared, signal)) ? undefined : 0;
  } catch (error) {
    const { retryAfterMs, message } = toDeliveryError(error);
    parts.log.warn({ channel: ref.channel, detail: message }, 'reactions could not be read');
    return retryAfterMs;
  }
}

/** False where they changed meanwhile: what was read is not true any more. */
async function compare(
  parts: MissedParts,
  workspace: Workspace,
  ref: MessageRef,
  isShared: IsShared,
  signal: AbortSignal,
): Promise<boolean> {
  const before = parts.changes.count();
  const standing = await reactionsOn(workspace, ref);
  // One that can't be seen may still be there: nobody's bookmark is taken away for it.
  if (standing === undefined) return true;
  for (const emoji of MEANINGFUL_EMOJI) {
    const users = standing
      .filter(({ name }) => toEmoji(name) === emoji)
      .flatMap((each) => each.users)
      .filter((user) => parts.workspaces.ofBot(user) === undefined);
    const readers = await readersOf(parts, workspace, [...new Set(users)], () =>
      isShared(ref.channel),
    );
    if (signal.aborted) return true;
    if (parts.changes.since(changeKey(ref.channel, ref.message), before)) return false;
    await parts.inbox.reacted(ref, emoji, readers);
  }
  return true;
}

async function readersOf(
  { people }: MissedParts,
  workspace: Workspace,
  users: readonly string[],
  isShared: () => Promise<boolean>,
): Promise<ReaderRef[]> {
  const readers: ReaderRef[] = [];
  for (const user of users) {
    const tenant = await homeOf(people, workspace, user, await isShared());
    readers.push({ platform: SLACK, tenant, user });
  }
  return readers;
}

interface Standing {
  readonly name: string;
  readonly users: readonly string[];
}

/** With `full`, everybody who reacted is named; without it Slack names some. */
async function reactionsOn(
  { client }: Workspace,
  { channel, message: timestamp }: MessageRef,
): Promise<readonly Standing[] | undefined> {
  try {
    const { message } = await client.reactions.get({ channel, timestamp, full: true });
    return (message?.reactions ?? []).map(({ name = '', users = [] }) => ({ name, users }));
  } catch (error) {
    if (slackErrorOf(error) === 'message_not_found') return undefined;
    throw error;
  }
}

/** Whether other workspaces share a channel; Slack is asked once for each, until it answers. */
function sharing({ client }: Workspace): IsShared {
  const known = new Map<string, boolean>();
  return async (channel) => {
    if (isDirect(channel)) return false;
    const found = known.get(channel) ?? isShared(await client.conversations.info({ channel }));
    known.set(channel, found);
    return found;
  };
}

function isShared({ channel }: { readonly channel?: { readonly is_ext_shared?: boolean } }) {
  return channel?.is_ext_shared !== false;
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
