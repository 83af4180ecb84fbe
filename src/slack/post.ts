import { absent, breakAlike, breaksElsewhere, DeliveryError, isFinal } from '../core/index.ts';
import type { ChannelRef, ChatPlatform, Message, MessageRef, PostOptions } from '../core/index.ts';
import { contentOf, pageId, toBody } from './body.ts';
import { toDeliveryError } from './errors.ts';
import { showSomehow } from './fallbacks.ts';
import type { ReadBack } from './read-back.ts';
import { renderPages, type Rendered } from './render.ts';
import { SLACK } from './settings.ts';
import type { Turns } from './turns.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

export interface Posted {
  readonly ref: MessageRef;
  /** The part of the message that stands there. */
  readonly page: Message;
}

export interface Poster {
  /** Posts every page of a message, in order. Rejects with `DeliveryError`. */
  post(channel: ChannelRef, message: Message, options: PostOptions): Promise<readonly Posted[]>;
  /** Puts the message's first page in place of what stands there. Rejects with `DeliveryError`. */
  update: ChatPlatform['update'];
}

/** How many pages are remembered in memory; older ones are found by reading back. */
const MOST_PAGES = 2000;

/** Posts in the workspaces' channels, each channel at its pace, each key once. */
export function createPoster(workspaces: Workspaces, turns: Turns, readBack: ReadBack): Poster {
  const once = createOnce();
  return {
    async post(place, message, options) {
      const workspace = workspaceOf(workspaces, place);
      const posted: Posted[] = [];
      for (const [index, { page, shown }] of renderPages(message).entries()) {
        const id = pageId(place, options.key, index);
        const send = (way: Rendered) =>
          turns(place, 'chat.postMessage', () =>
            sendPage(workspace, place, { shown: way, id }, options),
          );
        const work = async () => {
          const found = await findUnlessReleased(readBack, workspace, place, id, options);
          if (found !== undefined) return found;
          if (options.findOnly === true) throw absent();
          return showSomehow(shown, send);
        };
        const ts = await once(id, work).catch((error: unknown) => {
          throw index === 0 ? error : half(error);
        });
        posted.push({ ref: { ...pick(place), message: ts }, page });
      }
      return posted;
    },
    async update(ref, message, before) {
      const { client } = workspaceOf(workspaces, ref);
      const pages = renderPages(message);
      if (before !== undefined) refuseElsewhere(pages, renderPages(before));
      const [first] = pages;
      const { channel, message: ts } = ref;
      if (first === undefined) return;
      await showSomehow(first.shown, (way) =>
        turns(ref, 'chat.update', () => client.chat.update({ channel, ts, ...contentOf(way) })),
      );
    },
  };
}

/** Work on the same page is done once, even when asked for twice at a time. */
function createOnce(): (id: string, work: () => Promise<string>) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (id, work) => {
    const running = known.get(id);
    if (running !== undefined) return running;
    const result = work();
    known.set(id, result);
    result.catch(() => known.delete(id));
    const [oldest] = known.keys();
    if (known.size > MOST_PAGES && oldest !== undefined) known.delete(oldest);
    return result;
  };
}

function workspaceOf(workspaces: Workspaces, { platform, tenant }: ChannelRef): Workspace {
  const workspace = platform === SLACK ? workspaces.get(tenant) : undefined;
  if (workspace !== undefined) return workspace;
  throw new DeliveryError('no-access', 'Paperboy is not installed in that workspace.');
}

type Pages = ReturnType<typeof renderPages>;

function refuseElsewhere(pages: Pages, before: Pages): void {
  const messagesOf = (of: Pages) => of.map(({ page }) => page);
  if (!breakAlike(messagesOf(pages), messagesOf(before))) throw breaksElsewhere();
}

interface Page {
  readonly shown: Rendered;
  readonly id: string;
}

/** Where we may not look, and a person has, theirs counts. */
async function findUnlessReleased(
  readBack: ReadBack,
  ...[workspace, place, id, options]: Parameters<ReadBack['find']>
): Promise<string | undefined> {
  try {
    return await readBack.find(workspace, place, id, options);
  } catch (error) {
    const isHeld = error instanceof DeliveryError && error.kind === 'held';
    if (isHeld && options.released === true) return undefined;
    throw error;
  }
}

async function sendPage(
  { client }: Workspace,
  { channel }: ChannelRef,
  { shown, id }: Page,
  { thread, signal }: PostOptions,
): Promise<string> {
  if (signal?.aborted === true) {
    throw new DeliveryError('unavailable', 'The post was called off.');
  }
  const { ts } = await client.chat.postMessage(toBody(channel, shown, id, thread?.message));
  if (ts !== undefined) return ts;
  throw new DeliveryError('unknown-outcome', 'Slack gave the message no name.');
}

/** A later page failed: the earlier ones stand, so the next attempt has to look for them. */
function half(error: unknown): DeliveryError {
  const failure = toDeliveryError(error);
  const { message, retryAfterMs, cause } = failure;
  if (isFinal(failure)) return failure;
  return new DeliveryError('unknown-outcome', message, {
    cause,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function pick({ platform, tenant, channel }: ChannelRef): ChannelRef {
  return { platform, tenant, channel };
}
