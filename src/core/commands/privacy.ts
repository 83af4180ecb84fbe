import { paragraph, text, type Block, type Button, type Message } from '../message.ts';
import { ERASURE_DAYS, type Kept } from '../privacy.ts';
import { defineCommand, type CommandContext } from './command.ts';
import { exactly, linesOf, type KeptLine } from './output/kept.ts';
import { pageOf, type Page } from './output/page.ts';
import { counted, notice, privateReply } from './output/reply.ts';

/** Lines in one reply, so that it is one message nearly everywhere. */
const SHOWN = 15;

export const privacy = defineCommand({
  name: 'privacy',
  summary: 'See or delete everything that is kept about you',
  private: true,
  args: [
    {
      name: 'action',
      summary: 'export shows all of it, delete removes it',
      kind: 'text',
      required: false,
      choices: ['export', 'delete'],
    },
    {
      name: 'confirm',
      summary: 'with delete: without being asked once more',
      kind: 'text',
      required: false,
      choices: ['confirm'],
    },
    {
      name: 'page',
      summary: 'with export: which part of it',
      kind: 'integer',
      required: false,
      min: 1,
      fits: (words) => /^\d+$/.test(words),
    },
  ],
  example: 'privacy export',
  async run({ action, confirm, page = 1 }, context) {
    if (action === 'export') return privateReply(await exported(page, context));
    if (action !== 'delete') return privateReply(OVERVIEW);
    return privateReply(await (confirm === undefined ? asked(context) : erased(context)));
  },
});

const EXPORT: Button = { label: 'Show all of it', command: 'privacy', args: { action: 'export' } };
const DELETE: Button = { label: 'Delete it…', command: 'privacy', args: { action: 'delete' } };
const CONFIRM: Button = {
  label: 'Delete all of it',
  command: 'privacy',
  args: { action: 'delete', confirm: 'confirm' },
};

const TITLE = 'What Paperboy keeps about you';
const KINDS: readonly string[] = [
  'what you save, and your reactions to what it posts',
  'which channels’ digests you set up',
  'which accounts you joined, and hashes of the codes for it',
  'what you send it, until that is dealt with',
];

const OVERVIEW: Message = {
  summary: `${TITLE}: /papers privacy export shows it, /papers privacy delete removes it`,
  blocks: [
    { type: 'heading', text: TITLE },
    { type: 'list', ordered: false, items: KINDS.map((kind) => [text(kind)]) },
    paragraph(
      'It is kept under your user id, until you remove it. What belongs to a channel, a server or ' +
        'a workspace goes 30 days after the bot was removed from there.',
    ),
    paragraph('/papers privacy export shows all of it, /papers privacy delete removes it.'),
    { type: 'actions', buttons: [EXPORT, DELETE] },
  ],
};

async function exported(page: number, { call, services }: CommandContext): Promise<Message> {
  const kept = await services.privacy.kept(call.reader);
  const lines = linesOf(kept, services);
  if (lines.length === 0) return notice('Nothing is kept about you.');
  const list = pageOf(lines, page, SHOWN);
  const blocks: Block[] = [
    { type: 'heading', text: TITLE },
    ...sections(list.items),
    ...(list.pages === 1 ? [] : [paragraph(`Page ${list.page} of ${list.pages}.`)]),
    { type: 'actions', buttons: [...pageButtons(list), DELETE] },
  ];
  return { summary: `${TITLE}: ${counted(lines.length, 'thing')}`, blocks };
}

function sections(lines: readonly KeptLine[]): Block[] {
  return [...new Set(lines.map(({ title }) => title))].flatMap((title): Block[] => {
    const items = lines.filter((each) => each.title === title).map(({ line }) => [text(line)]);
    return [paragraph(`${title}:`), { type: 'list', ordered: false, items }];
  });
}

function pageButtons({ page, pages }: Page<unknown>): Button[] {
  const to = (label: string, wanted: number): Button => ({
    label,
    command: 'privacy',
    args: { action: 'export', page: wanted },
  });
  return [
    ...(page > 1 ? [to('Page before', page - 1)] : []),
    ...(page < pages ? [to('Next page', page + 1)] : []),
  ];
}

async function asked({ call, services }: CommandContext): Promise<Message> {
  const counts = countsOf(await services.privacy.kept(call.reader));
  if (counts.length === 0) return notice('Nothing is kept about you that could be deleted.');
  const { summary, blocks } = notice(
    `This deletes ${LIST.format(counts)}. There is no way back.`,
    'The digests of channels go on, and other accounts of yours keep what is theirs.',
    'Press the button, or write /papers privacy delete confirm.',
  );
  return { summary, blocks: [...blocks, { type: 'actions', buttons: [CONFIRM] }] };
}

async function erased({ call, services, now }: CommandContext): Promise<Message> {
  const kept = await services.privacy.erase(call.reader);
  const counts = countsOf(kept);
  return notice(
    counts.length === 0
      ? 'Nothing was kept about you that could be deleted.'
      : `Deleted: ${LIST.format(counts)}.`,
    ...(kept.subscriptions.length === 0 ? [] : [DIGESTS]),
    ...(kept.joined.length === 0 ? [] : [OTHERS]),
    'Reactions of yours that stand on messages count no more; those that you put on from now on ' +
      `do. To know them apart, a hash of your id is kept for ${ERASURE_DAYS} days.`,
    `Backups made before ${exactly(now)} still hold it, until whoever runs Paperboy deletes them.`,
  );
}

const DIGESTS =
  'The digests that you set up go on, and nobody is told in person any more when one can’t be ' +
  'posted. /papers unsubscribe ends one.';

const OTHERS =
  'Your other accounts keep what you saved there: write /papers privacy delete as each of them.';

const LIST = new Intl.ListFormat('en');

/** `12 bookmarks`, `1 reaction`: without what is gone by itself, this very request above all. */
function countsOf({
  bookmarks,
  reactions,
  subscriptions,
  joined,
  codes,
  wrongCodes,
}: Kept): string[] {
  const counts = [
    [bookmarks.length, 'bookmark'],
    [reactions.length, 'reaction'],
    [joined.length, 'joined account'],
    [codes.length, 'code'],
    [wrongCodes?.count ?? 0, 'wrong code'],
    [subscriptions.length, 'digest'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => (noun === 'digest' ? 'your id at ' : '') + counted(count, noun));
}
