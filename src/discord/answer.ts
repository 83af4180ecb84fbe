import { Routes } from 'discord.js';
import { paragraph, type Message, type Reply } from '../core/index.ts';
import { EPHEMERAL, type MessageBody } from './body.ts';
import type { Interaction } from './interaction.ts';
import { tenantOf, whoseOf } from './calls.ts';
import type { RawMessage } from './look-back.ts';
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
  const data = visibleTo(first.body, reply.private);
  const made = await respond(wire, interaction, TYPES.message, data);
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
  const pages = await pagesOf(wire, interaction, reply);
  const [first, ...rest] = pages;
  const path = Routes.webhookMessage(interaction.application_id, interaction.token, '@original');
  if (reply.private !== isPrivate) {
    await wire.ask({ method: 'DELETE', path, isAnswer: true });
    await followUp(wire, interaction, reply, pages);
  } else if (first !== undefined) {
    const body = first.body;
    const made = await wire.ask<RawMessage>({ method: 'PATCH', path, body, isAnswer: true });
    await tell(wire, interaction, reply, made, first.message);
    await followUp(wire, interaction, reply, rest);
  }
}

async function pagesOf(wire: Wire, interaction: Interaction, { message }: Reply): Promise<Page[]> {
  const home = { tenant: tenantOf(interaction), name: interaction.id };
  const pages = render(message, home);
  const { authorizing_integration_owners: owners = {} } = interaction;
  const isGuest = !('0' in owners) && '1' in owners;
  const most = isGuest ? MOST_FOLLOW_UPS : pages.length;
  const shown = pages.slice(0, most);
  if (pages.length > most) shown.push(...render(LEFT_OUT, { ...home, name: `${home.name}|end` }));
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
    const body = visibleTo(page.body, reply.private);
    const query = { wait: 'true' };
    const made = await wire.ask<RawMessage>({ method: 'POST', path, query, body, isAnswer: true });
    await tell(wire, interaction, reply, made, page.message);
  }
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
  return ask<Callback>({
    method: 'POST',
    path: Routes.interactionCallback(id, token),
    query: { with_response: 'true' },
    body: { type, data },
    isAnswer: true,
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
