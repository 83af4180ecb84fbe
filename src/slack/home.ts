import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ArgValues, Home, HomeBlock, HomeCall } from '../core/index.ts';
import { openForm, type Asker } from './answer.ts';
import { askerOf, logStranger, mayManage, OURS, whoAsks, type CommandParts } from './ask.ts';
import { firstTaken } from './fallbacks.ts';
import { renderForm } from './forms.ts';
import type { Intake } from './intake.ts';
import { readAction, type Pressed } from './presses.ts';
import { renderChannels, renderSearch } from './render/controls.ts';
import { HOME_BLOCKS_MAX } from './render/limits.ts';
import { renderBlock, withoutPictures } from './render.ts';

/** What a page carries from one press to the next. */
const Carried = z.object({
  /** Where the reader and the bot write to each other. */
  channel: z.string(),
  state: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const HomeView = z.object({ type: z.literal('home'), private_metadata: z.string() });

/** Shows readers their own page, the App Home, when they open it, and again after each press. */
export function handleHome(app: Intake, parts: CommandParts): void {
  app.event('app_home_opened', async ({ event, context }) => {
    const { tab, user, channel } = event;
    if (tab !== 'home') return;
    await show(parts, askerOf(parts, context, { channel, user }), { state: {} });
  });
  app.action(OURS, async ({ action, body, context }) => {
    if (body.type !== 'block_actions') return;
    const view = HomeView.safeParse(body.view).data;
    if (view === undefined) return;
    const { user, trigger_id: trigger } = body;
    const carried = readCarried(view.private_metadata);
    const pressed = readAction(action);
    if (carried === undefined || pressed === undefined) logStranger(parts, context, user.id);
    if (carried === undefined) return;
    const { channel, state } = carried;
    const origin = { channel, user: user.id, home: user.team_id, trigger };
    // What is pressed in vain gets a page whose buttons work.
    await show(parts, askerOf(parts, context, origin), { state, ...(pressed && { pressed }) });
  });
}

/** Shows the page that carries this once more, as it is now. */
export async function showAgain(parts: CommandParts, asker: Asker, carried: string): Promise<void> {
  const { channel, state } = readCarried(carried) ?? {};
  if (channel === undefined || state === undefined) return;
  await show(parts, { ...asker, channel: { ...asker.channel, channel } }, { state });
}

interface Visit {
  readonly state: ArgValues;
  readonly pressed?: Pressed;
}

async function show(parts: CommandParts, asker: Asker, visit: Visit): Promise<void> {
  const home = await parts.inbox.home(await toCall(parts, asker, visit));
  const { channel } = asker.channel;
  const carried = JSON.stringify({ channel, state: home.state });
  const { form } = home;
  if (form !== undefined) {
    const view = renderForm(form, visit.pressed?.channel ?? channel, carried);
    if (await openForm(parts, asker, view)) return;
  }
  await publish(asker, home, carried);
}

async function toCall(
  parts: CommandParts,
  asker: Asker,
  { state, pressed }: Visit,
): Promise<HomeCall> {
  const call = { ...(await whoAsks(parts, asker)), channel: asker.channel, state };
  if (pressed === undefined) return call;
  const { command, args } = pressed;
  const channel = { ...asker.channel, channel: pressed.channel ?? asker.channel.channel };
  const wish = { name: command, input: { args } };
  const canManage = await mayManage(parts, { ...asker, channel }, wish);
  return { ...call, press: { command, args, channel, canManage } };
}

/** Slack refuses a page for a single picture that it can't fetch. */
async function publish({ workspace, user }: Asker, home: Home, carried: string): Promise<void> {
  const blocks = renderHome(home);
  const bare = withoutPictures(blocks);
  await firstTaken(bare === blocks ? [blocks] : [blocks, bare], (way) =>
    workspace.client.views.publish({
      user_id: user,
      view: { type: 'home', private_metadata: carried, blocks: [...way] },
    }),
  );
}

/** A reader's page as Slack shows it. */
export function renderHome({ blocks }: Pick<Home, 'blocks'>): readonly types.KnownBlock[] {
  return blocks.flatMap(renderPart).slice(0, HOME_BLOCKS_MAX);
}

function renderPart(block: HomeBlock): types.KnownBlock[] {
  if (block.type === 'search') return renderSearch(block);
  return block.type === 'channels' ? renderChannels(block) : renderBlock(block);
}

function readCarried(carried = ''): z.infer<typeof Carried> | undefined {
  try {
    return Carried.safeParse(JSON.parse(carried)).data;
  } catch {
    return undefined;
  }
}
