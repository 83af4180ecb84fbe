import { RespondError, type RespondFn, type types } from '@slack/bolt';
import { DeliveryError } from '../core/index.ts';
import type { ChannelRef, Inbox, Log, Message, PostOptions, Reply } from '../core/index.ts';
import type { Attempt } from './attempt.ts';
import { contentOf } from './body.ts';
import { toDeliveryError } from './errors.ts';
import { showSomehow } from './fallbacks.ts';
import { renderForm } from './forms.ts';
import type { Poster } from './post.ts';
import type { Turns } from './turns.ts';
import { renderPages, type Rendered } from './render.ts';
import type { Workspace } from './workspaces.ts';

/** Who waits for an answer, and how they can be reached. */
export interface Asker {
  readonly workspace: Workspace;
  readonly channel: ChannelRef;
  readonly user: string;
  /** The person's own workspace, where that is another one. */
  readonly home?: string;
  readonly attempt: Attempt;
  /** Opens one form, within three seconds. */
  readonly trigger?: string;
  /** Slack's address for answers, which works wherever the command does. */
  readonly respond?: RespondFn | undefined;
  /** The thread in which a public answer belongs. */
  readonly thread?: string;
}

export interface AnswerParts {
  readonly inbox: Inbox;
  readonly poster: Poster;
  readonly turns: Turns;
  readonly log: Log;
  /** Answers that came too late for the way they were to take. */
  readonly late: Late;
}

export interface Late {
  count: number;
}

const NOT_A_MEMBER = {
  text: 'I’m not in this channel, so I can’t see when somebody reacts here. To change that, write /invite @Paperboy.',
  blocks: [],
};

const BROKEN_OFF = {
  text: 'Slack did not take the rest of this answer: please ask again.',
  blocks: [],
};

/** Shows a reply as it is meant: as a form, to the asker alone, or to the channel. */
export async function answer(parts: AnswerParts, asker: Asker, reply: Reply): Promise<void> {
  const { form, message } = reply;
  if (form !== undefined && (await openForm(parts, asker, renderForm(form, asker.channel.channel))))
    return;
  if (reply.private) await tell(parts, asker, message);
  else await tellAll(parts, asker, message);
}

/** Opens a form before the asker; false where that can't be done any more. */
export async function openForm(
  { log, late }: Pick<AnswerParts, 'log' | 'late'>,
  { workspace, channel, trigger }: Asker,
  view: types.ModalView,
): Promise<boolean> {
  if (trigger === undefined) return false;
  try {
    await workspace.client.views.open({ trigger_id: trigger, view });
    return true;
  } catch (error) {
    // Too late, most likely: the reply says in words what the form would have shown.
    late.count += 1;
    const fields = { tenant: channel.tenant, late: late.count, err: error };
    log.warn(fields, 'a form could not be opened');
    return false;
  }
}

/**
 * To the asker alone. Slack does not tell what one person was shown, so once a page stands there
 * nothing is tried again, which would show it twice: the asker is told that the rest is missing.
 */
async function tell(parts: AnswerParts, asker: Asker, message: Message): Promise<void> {
  const pages = renderPages(message).filter(
    ({ shown }) => shown.text !== '' || shown.blocks.length > 0,
  );
  for (const [index, { shown }] of pages.entries()) {
    try {
      await whisper(parts, asker, shown);
    } catch (error) {
      if (index === 0) throw error;
      await breakOff(parts, asker, error);
      return;
    }
  }
}

async function breakOff(parts: AnswerParts, asker: Asker, error: unknown): Promise<void> {
  const { tenant } = asker.channel;
  parts.log.warn({ tenant, err: error }, 'an answer to one person was broken off');
  await whisper(parts, asker, BROKEN_OFF).catch((failure: unknown) => {
    parts.log.warn({ tenant, err: failure }, 'and they could not be told');
  });
}

async function whisper(parts: AnswerParts, asker: Asker, shown: Rendered): Promise<void> {
  const { respond } = asker;
  try {
    await showSomehow(shown, (way) =>
      respond === undefined
        ? showAlone(asker, way)
        : respond({ ...contentOf(way), response_type: 'ephemeral', replace_original: false }),
    );
  } catch (error) {
    // The address lives for half an hour and takes five answers; and where the bot is no member it can still write to the person.
    if (error instanceof RespondError) {
      noteLate(parts, asker, error);
      await whisper(parts, { ...asker, respond: undefined }, shown);
    } else if (isAbsence(error)) await write(parts, asker, shown);
    else throw error;
  }
}

function noteLate({ log, late }: AnswerParts, { channel }: Asker, error: RespondError): void {
  late.count += 1;
  const fields = { tenant: channel.tenant, late: late.count, status: error.statusCode };
  log.info(fields, 'Slack’s address for answers took no more');
}

async function showAlone({ workspace, channel, user }: Asker, shown: Rendered): Promise<unknown> {
  const place = { channel: channel.channel, user };
  return workspace.client.chat.postEphemeral({ ...place, ...contentOf(shown) });
}

/** In the direct messages of the asker and the bot. */
async function write({ turns }: AnswerParts, asker: Asker, shown: Rendered): Promise<void> {
  const { workspace, channel, user } = asker;
  const { channel: im } = await workspace.client.conversations.open({ users: user });
  const place = { ...channel, channel: im?.id ?? user };
  await showSomehow(shown, (way) =>
    turns(place, 'chat.postMessage', () =>
      workspace.client.chat.postMessage({ channel: place.channel, ...contentOf(way) }),
    ),
  );
}

/** To everyone in the channel, as a message that can be reacted to. */
async function tellAll(parts: AnswerParts, asker: Asker, message: Message): Promise<void> {
  const { channel, attempt } = asker;
  try {
    const posted = await parts.poster.post(channel, message, optionsOf(asker));
    for (const { ref, page } of posted) await parts.inbox.replied(ref, page);
  } catch (error) {
    if (!isAbsence(error)) throw error;
    parts.log.info(
      { tenant: channel.tenant, id: attempt.id },
      'answered where the bot is no member',
    );
    await tellFromOutside(parts, asker, message);
    await whisper(parts, asker, NOT_A_MEMBER);
  }
}

/** To everyone by Slack's address for answers, which needs no member; without one to the asker. */
async function tellFromOutside(parts: AnswerParts, asker: Asker, message: Message): Promise<void> {
  const { channel, respond } = asker;
  if (respond === undefined) return tell(parts, asker, message);
  for (const { shown } of renderPages(message)) {
    await showSomehow(shown, (way) =>
      parts.turns(channel, 'response_url', () =>
        respond({ ...contentOf(way), response_type: 'in_channel', replace_original: false }),
      ),
    );
  }
}

function optionsOf({ attempt, channel, thread }: Asker): PostOptions {
  return {
    key: `reply|${attempt.id}`,
    ...(attempt.triedSince !== undefined && { attemptedAt: attempt.triedSince }),
    ...(thread !== undefined && { thread: { ...channel, message: thread } }),
  };
}

/** Whether the bot is not in the channel, or can't even see it. */
function isAbsence(error: unknown): boolean {
  const { kind } = error instanceof DeliveryError ? error : toDeliveryError(error);
  return kind === 'no-access' || kind === 'channel-gone';
}
