import { HTTPError, Routes } from 'discord.js';
import { paragraph, type Message, type Reply } from '../core/index.ts';
import { EPHEMERAL, type MessageBody } from './body.ts';
import type { Interaction } from './interaction.ts';
import { tenantOf, whoseOf } from './calls.ts';
import type { RawMessage } from './look-back.ts';
import { inSomeForm } from './plain-form.ts';
import { render, renderForm, type Page } from './render.ts';
import type { Wire } from './wire.ts';

/** Discord waits 3 s for the first sign; the way there and back must fit as well. */
const PATIENCE_MS = 2_000;

/** Follow-ups where only the person installed the app: Discord's error 40094. */
const MOST_FOLLOW_UPS = 5;

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-type */
const TYPES = { message: 4, deferred: 5, suggestions: 8, form: 9 };

/**
 * Answers an interaction with what `work` gives. Where that takes long, Discord is told in time;
 * `isPrivate` says what kind of answer to expect then. Rejects as `Ask` does.
 */
export async function answer(
  wire: Wire,
  interaction: Interaction,
  isPrivate: boolean,
  work: Promise<Reply>,
): Promise<void> {
  const reply = await within(PATIENCE_MS, work);
  if (reply !== undefined) {
    await answerAtOnce(wire, interaction, reply);
    return;
  }
  await respond(wire, interaction, TYPES.deferred, { flags: isPrivate ? EPHEMERAL : 0 });
  await answerLate(wire, interaction, isPrivate, await work);
}

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}

async function answerAtOnce(wire: Wire, interaction: Interaction, reply: Reply): Promise<void> {
  if (reply.form !== undefined) {
    await respond(wire, interaction, TYPES.form, renderForm(reply.form));
    return;
  }
  const [first, ...rest] = await pagesOf(wire, interaction, reply);
  if (first === undefined) return;
  const made = await inSomeForm(placeOf(wire, interaction), first, (body) =>
    respond(wire, interaction, TYPES.message, visibleTo(body, reply.private)),
  );
  await tell(wire, interaction, reply, made.resource?.message, first.message);
  await followUp(wire, interaction, reply, rest);
}

/** A private answer stays private whatever was expected, and a public one becomes public. */
async function answerLate(
  wire: Wire,
  interaction: Interaction,
  isPrivate: boolean,
  reply: Reply,
): Promise<void> {
  const isOther = reply.private !== isPrivate;
  const pages = await pagesOf(wire, interaction, reply, isOther);
  const [first, ...rest] = pages;
  const path = Routes.webhookMessage(interaction.application_id, interaction.token, '@original');
  if (isOther) {
    await wire.ask({ method: 'DELETE', path, isAnswer: true });
    await followUp(wire, interaction, reply, pages);
  } else if (first !== undefined) {
    const made = await inSomeForm(placeOf(wire, interaction), first, (body) =>
      wire.ask<RawMessage>({ method: 'PATCH', path, body, isAnswer: true }),
    );
    await tell(wire, interaction, reply, made, first.message);
    await followUp(wire, interaction, reply, rest);
  }
}

/** `allFollow` where the first page is a follow-up as well. */
async function pagesOf(
  wire: Wire,
  interaction: Interaction,
  { message }: Reply,
  allFollow = false,
): Promise<Page[]> {
  const home = { tenant: tenantOf(interaction), name: interaction.id };
  const pages = render(message, home);
  const { authorizing_integration_owners: owners = {} } = interaction;
  const isGuest = !('0' in owners) && '1' in owners;
  const room = allFollow ? MOST_FOLLOW_UPS : MOST_FOLLOW_UPS + 1;
  const isTooLong = isGuest && pages.length > room;
  const shown = isTooLong ? pages.slice(0, room - 1) : [...pages];
  if (isTooLong) shown.push(...render(LEFT_OUT, { ...home, name: `${home.name}|end` }));
  for (const { kept } of shown) await wire.remember(kept);
  return shown;
}

const LEFT_OUT: Message = {
  summary: 'More was found',
  blocks: [
    paragraph(
      'There is more, but Discord lets Paperboy say no more here. Ask where Paperboy is a member of the server.',
    ),
  ],
};

async function followUp(
  wire: Wire,
  interaction: Interaction,
  reply: Reply,
  pages: readonly Page[],
): Promise<void> {
  const path = Routes.webhook(interaction.application_id, interaction.token);
  for (const page of pages) {
    const query = { wait: 'true' };
    const post = { method: 'POST', path, query, isAnswer: true } as const;
    const made = await inSomeForm(placeOf(wire, interaction), page, (body) =>
      wire.ask<RawMessage>({ ...post, body: visibleTo(body, reply.private) }),
    );
    await tell(wire, interaction, reply, made, page.message);
  }
}

function placeOf({ log }: Wire, { channel_id: channel = '' }: Interaction) {
  return { log, channel };
}

function visibleTo(body: MessageBody, isPrivate: boolean): MessageBody {
  return isPrivate ? { ...body, flags: body.flags | EPHEMERAL } : body;
}

async function tell(
  wire: Wire,
  interaction: Interaction,
  reply: Reply,
  made: { readonly id: string } | undefined,
  message: Message,
): Promise<void> {
  if (reply.private || made === undefined) return;
  const { channel } = whoseOf(interaction);
  await wire.inbox.replied({ ...channel, message: made.id }, message);
}

interface Callback {
  readonly resource?: { readonly message?: RawMessage };
}

async function respond(
  { ask }: Wire,
  { id, token }: Interaction,
  type: number,
  data: object,
): Promise<Callback> {
  const path = Routes.interactionCallback(id, token);
  const query = { with_response: 'true' };
  const call = { method: 'POST', path, query, body: { type, data }, isAnswer: true } as const;
  return ask<Callback>(call).catch((error: unknown) => {
    // Discord did nothing, and the reader waits for 3 s only.
    if (error instanceof HTTPError && error.status === 502) return ask<Callback>(call);
    throw error;
  });
}

/** Offers what may complete an argument. */
export async function offer(
  wire: Wire,
  interaction: Interaction,
  choices: readonly object[],
): Promise<void> {
  await respond(wire, interaction, TYPES.suggestions, { choices });
}
