import type { ArgValues } from '../../command-call.ts';
import { paperCard } from '../../compose.ts';
import type { Home, HomeBlock, HomeCall, HomePress } from '../../home.ts';
import { paragraph, type Block, type Button } from '../../message.ts';
import type { Paper } from '../../paper.ts';
import type { Reply } from '../../platform.ts';
import { shorten } from '../../text/index.ts';
import type { Command, CommandServices, RankedList, Subscription } from '../command.ts';
import type { Dispatch } from '../dispatch.ts';
import { said } from '../input/words.ts';
import { describeSubscription } from '../output/describe.ts';
import { describeMoment } from '../../moment.ts';
import { pageOf } from '../output/page.ts';
import { pageButtons, savedTitle } from '../output/saved-list.ts';
import { titleOf } from '../today.ts';

/** So many cards of each kind leave room for all else on the smallest page, Slack's of 100 blocks. */
const TOP_PAPERS = 5;
const SAVED_PAPERS = 6;

/** Of what a pressed command answers, in blocks. */
const ANSWER_MAX = 12;

/** The longest search that is kept, in UTF-16 units: what a service carries along is short. */
const QUERY_MAX = 200;

/** What is looked at with a press of this command, in place of an answer. */
const BROWSE = 'saved';

export interface HomeOptions {
  readonly services: CommandServices;
  readonly commands: readonly Command[];
  readonly dispatch: Dispatch;
  readonly now: () => Date;
}

/** Does what a reader has pressed on their page, and composes the page as it is then. */
export function createHome(options: HomeOptions): (call: HomeCall) => Promise<Home> {
  return async (call) => {
    const { press } = call;
    const isBrowsing = press?.command === BROWSE;
    const reply = press === undefined || isBrowsing ? undefined : await run(options, call, press);
    const view = readState(isBrowsing ? press.args : call.state);
    const blocks = await compose(options, call, view);
    return {
      blocks: [...(reply === undefined ? [] : answered(reply)), ...blocks],
      state: { ...view },
      ...(reply?.form !== undefined && { form: reply.form }),
    };
  };
}

function run({ dispatch }: HomeOptions, call: HomeCall, press: HomePress): Promise<Reply> {
  const { command: name, args, channel = call.channel, canManage } = press;
  const { reader, timezone } = call;
  const own = { channel, reader, canManage, ...(timezone !== undefined && { timezone }) };
  return dispatch({ name, input: { args }, ...own });
}

function answered({ message }: Reply): HomeBlock[] {
  return [...message.blocks.slice(0, ANSWER_MAX), { type: 'divider' }];
}

/** What a reader looks at. */
interface View {
  readonly query?: string;
  readonly page: number;
}

/** What comes back from a service may be of an older version, or no one's. */
function readState({ query, page }: ArgValues): View {
  return {
    page: typeof page === 'number' ? page : 1,
    ...(typeof query === 'string' && query.trim() !== '' && { query: shorten(query, QUERY_MAX) }),
  };
}

async function compose(options: HomeOptions, call: HomeCall, view: View): Promise<HomeBlock[]> {
  const { services, now } = options;
  const [top, all, subscription] = await Promise.all([
    services.today(call.channel, TOP_PAPERS),
    services.bookmarks(call.reader),
    services.subscription(call.channel),
  ]);
  const found = view.query === undefined ? all : await services.bookmarks(call.reader, view.query);
  const kept = new Set(all.map(({ id }) => id));
  return [
    ...topBlocks(top, kept),
    { type: 'divider' },
    ...savedBlocks(found, view),
    { type: 'divider' },
    ...digestBlocks(subscription, now()),
    ...furtherBlocks(options.commands),
  ];
}

function topBlocks({ dates, ranked, note }: RankedList, kept: ReadonlySet<string>): Block[] {
  return [
    { type: 'heading', text: titleOf(dates) },
    ...ranked.flatMap(({ paper, why }, index): Block[] => [
      {
        type: 'paper',
        paper: paperCard(paper, { rank: index + 1, ...(why !== undefined && { why }) }),
      },
      keepButton(paper, kept.has(paper.id)),
    ]),
    ...(note === undefined ? [] : [paragraph(note)]),
  ];
}

function keepButton({ id }: Paper, isKept: boolean): Block {
  const button = isKept
    ? { label: 'Remove', command: 'unsave', args: { paper: id } }
    : { label: 'Save', command: 'save', args: { paper: id } };
  return { type: 'actions', buttons: [button] };
}

function savedBlocks(found: readonly Paper[], { query, page }: View): HomeBlock[] {
  const list = pageOf(found, page, SAVED_PAPERS);
  return [
    { type: 'heading', text: savedTitle(found.length, query) },
    {
      type: 'search',
      label: 'Search what you saved',
      command: BROWSE,
      arg: 'query',
      ...(query !== undefined && { value: query }),
    },
    ...(found.length === 0 ? [paragraph(nothing(query))] : []),
    ...list.items.flatMap((paper): Block[] => [
      { type: 'paper', paper: paperCard(paper) },
      keepButton(paper, true),
    ]),
    ...(list.pages === 1 ? [] : [paragraph(`Page ${list.page} of ${list.pages}.`)]),
    ...pageButtons(list, query),
  ];
}

function nothing(query: string | undefined): string {
  return query === undefined
    ? 'Press Save above, or react with 🔖 to a paper in a channel.'
    : `None of your saved papers is about ${said(query)}. An empty search shows them all.`;
}

function digestBlocks(subscription: Subscription | undefined, now: Date): Block[] {
  const heading: Block = { type: 'heading', text: 'Your own digest' };
  if (subscription === undefined) {
    return [heading, paragraph('You get none in your messages yet. Settings starts one.')];
  }
  const { nextDue, timezone, topics } = subscription;
  return [
    heading,
    paragraph(describeSubscription(subscription, 'You get')),
    paragraph(`The next one comes ${describeMoment(nextDue, timezone, now)}.`),
    ...(topics.length > 0 ? [] : [paragraph('You have no topics yet. Settings takes some.')]),
  ];
}

/** What else a reader may want here, where there is such a command. */
const FURTHER: readonly Button[] = [
  { label: 'Settings', command: 'settings', args: {} },
  { label: 'Join your libraries', command: 'link', args: {} },
  { label: 'Help', command: 'help', args: {} },
];

function furtherBlocks(commands: readonly Command[]): HomeBlock[] {
  const names = new Set(commands.map(({ name }) => name));
  return [
    { type: 'actions', buttons: FURTHER.filter(({ command }) => names.has(command)) },
    { type: 'channels', label: 'Settings of a channel…', command: 'settings' },
  ];
}
