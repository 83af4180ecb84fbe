import { setTimeout as delay } from 'node:timers/promises';
import type { BlockSuggestion, types } from '@slack/bolt';
import { z } from 'zod';
import type { CallProblem } from '../core/index.ts';
import { ask, askerOf, callOf, logStranger, OURS, type CommandParts } from './ask.ts';
import { readCarried, readForm, refusal, type SentForm } from './forms.ts';
import { showAgain } from './home.ts';
import type { Intake } from './intake.ts';
import { optionsOf } from './render/options.ts';
import { SLACK } from './settings.ts';

/** Hands sent forms to the core, and what it knows to those who fill one in. */
export function handleForms(app: Intake, parts: CommandParts): void {
  app.view(OURS, async ({ view, body, context }) => {
    const sent = readForm(view.private_metadata, view.state.values);
    if (sent === undefined) {
      logStranger(parts, context, body.user.id);
      return;
    }
    const { command, channel, page } = sent.place;
    const asker = askerOf(parts, context, { channel, user: body.user.id, home: body.user.team_id });
    await ask(parts, asker, { name: command, input: { args: sent.args } });
    if (page !== undefined) await showAgain(parts, asker, page);
  });
  app.options(OURS, async ({ body, ack }) => {
    const { block_id: arg, value: typed, user, team } = body;
    const { private_metadata: carried = '' } = View.safeParse(body.view).data ?? {};
    await ack({ options: await offersFor(parts, carried, { arg, typed, user, team }) });
  });
}

const View = z.object({ private_metadata: z.string() });

type Typing = Pick<BlockSuggestion, 'user' | 'team'> & {
  readonly arg: string;
  readonly typed: string;
};

async function offersFor(
  { inbox }: CommandParts,
  carried: string,
  { arg, typed, user, team }: Typing,
): Promise<types.PlainTextOption[]> {
  const place = readCarried(carried);
  if (place === undefined || team === null) return [];
  const channel = { platform: SLACK, tenant: team.id, channel: place.channel };
  const reader = { platform: SLACK, tenant: user.team_id ?? team.id, user: user.id };
  const offers = await inbox.suggest({ name: place.command, arg, typed, channel, reader });
  return optionsOf(offers.map(({ name, value }) => ({ label: name, value })));
}

const Submission = z.object({
  type: z.literal('view_submission'),
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string(), team_id: z.string().exactOptional() }),
  view: z.object({
    private_metadata: z.string(),
    state: z.object({ values: z.unknown() }),
    app_installed_team_id: z.string().exactOptional(),
  }),
});

/**
 * The acknowledgement that leaves a form open with what was filled in, and says at each field what
 * the core would refuse; undefined where it would refuse nothing.
 */
export async function refuseForm(
  parts: CommandParts,
  body: Readonly<Record<string, unknown>>,
): Promise<object | undefined> {
  if (body['type'] !== 'view_submission') return undefined;
  const submission = Submission.safeParse(body).data;
  if (submission === undefined) return undefined;
  const { private_metadata: carried, state } = submission.view;
  const sent = readForm(carried, state.values);
  if (sent === undefined) return undefined;
  const problems = await problemsOf(parts, submission, sent);
  return problems.length === 0 ? undefined : refusal(sent, problems);
}

/** How long Slack may take to tell us of a right: it waits 3 s for us meanwhile. */
const PATIENCE_MS = 1500;

async function problemsOf(
  parts: CommandParts,
  { team, user, view }: z.infer<typeof Submission>,
  { place, args }: SentForm,
): Promise<readonly CallProblem[]> {
  const workspace = parts.workspaces.get(view.app_installed_team_id ?? team.id);
  if (workspace === undefined) return [];
  const channel = { platform: SLACK, tenant: workspace.team, channel: place.channel };
  const asker = { workspace, channel, user: user.id };
  const call = callOf(parts, asker, { name: place.command, input: { args } });
  const known = await Promise.race([call, delay(PATIENCE_MS, undefined, { ref: false })]);
  // What can't be known in time is refused in words, when the form has been taken.
  return known === undefined ? [] : parts.inbox.check(known);
}
