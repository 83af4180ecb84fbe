import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../src/core/commands/index.ts';
import type { Button, Message } from '../../../src/core/message.ts';
import type { Kept, Privacy } from '../../../src/core/privacy.ts';
import {
  callOf,
  CHANNEL,
  createLog,
  createServices,
  createSubscription,
  NOTHING_KEPT,
  NOW,
  READER,
  textOf,
} from './services.ts';

const at = (time: string) => new Date(`2026-08-21T${time}:00Z`);
const message = { ...CHANNEL, message: '17' };

const EVERYTHING: Kept = {
  bookmarks: [
    { id: '2608.00002', title: 'Robot hands', savedAt: at('10:00') },
    { id: '2608.00001', title: 'Lanterns', savedAt: at('09:00') },
  ],
  reactions: [
    { emoji: '🔖', message, titles: ['Lanterns', 'Robot hands', 'Protein maps'] },
    { emoji: '👎', message: { ...message, message: '18' }, titles: ['Lanterns'] },
    { emoji: '👍', message: { ...message, message: '19' }, titles: [] },
  ],
  subscriptions: [
    { subscription: createSubscription(), createdAt: at('08:00') },
    {
      subscription: createSubscription({ channel: { ...CHANNEL, channel: 'random' } }),
      createdAt: at('08:30'),
      trouble: 'Grant Send Messages.',
    },
  ],
  joined: [{ platform: 'other', tenant: 'all', user: '17' }],
  codes: [
    { madeAt: at('11:00'), ended: null },
    { madeAt: at('10:30'), ended: 'used' },
  ],
  wrongCodes: { count: 2, since: at('11:05') },
  arrivals: [{ receivedAt: at('12:00') }],
  erasedAt: at('07:00'),
};

async function run(text: string, kept: Kept = NOTHING_KEPT) {
  const erased: unknown[] = [];
  const privacy: Privacy = {
    kept: () => Promise.resolve(kept),
    erase(reader) {
      erased.push(reader);
      return Promise.resolve(kept);
    },
  };
  const nameOf = (platform: string) => (platform === 'other' ? 'Other' : 'Test');
  const services = createServices({ privacy, nameOf });
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  const reply = await dispatch(callOf({ text }, { canManage: false }));
  expect(reply.private).toBe(true);
  return { said: textOf(reply.message), buttons: buttonsOf(reply.message), erased };
}

function buttonsOf({ blocks }: Message): readonly Button[] {
  return blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []));
}

describe('privacy', () => {
  it('says what is kept, for how long, and how to see and delete it', async () => {
    const { said, buttons, erased } = await run('privacy');
    expect(said.split('\n')).toEqual([
      'What Paperboy keeps about you',
      'what you save, and your reactions to what it posts',
      'which channels’ digests you set up',
      'which accounts you joined, and hashes of the codes for it',
      'what you send it, until that is dealt with',
      'It is kept under your user id, until you remove it. What belongs to a channel, a server or a ' +
        'workspace goes 30 days after the bot was removed from there.',
      '/papers privacy export shows all of it, /papers privacy delete removes it.',
    ]);
    expect(buttons.map(({ args }) => args)).toEqual([{ action: 'export' }, { action: 'delete' }]);
    expect(erased).toEqual([]);
  });
});

describe('privacy export', () => {
  it('shows a line for everything that is kept', async () => {
    const [one, other] = [
      await run('privacy export', EVERYTHING),
      await run('privacy export 1', EVERYTHING),
    ];
    expect(other).toEqual(one);
    expect(one.said.split('\n')).toEqual([
      'What Paperboy keeps about you',
      'Bookmarks:',
      '2026-08-21 10:00 UTC: “Robot hands” (2608.00002)',
      '2026-08-21 09:00 UTC: “Lanterns” (2608.00001)',
      'Reactions:',
      '🔖 on message 17 in channel papers (lab): “Lanterns” and 2 more',
      '👎 on message 18 in channel papers (lab): “Lanterns”',
      '👍 on message 19 in channel papers (lab)',
      'Digests that you set up:',
      '2026-08-21 08:00 UTC: channel papers (lab) gets 8 papers on Monday and Thursday at 07:30 (Asia/Tokyo), preferring agents.',
      '2026-08-21 08:30 UTC: channel random (lab) gets 8 papers on Monday and Thursday at 07:30 (Asia/Tokyo), preferring agents. ' +
        'Nothing is posted there: Grant Send Messages.',
      'Joined accounts:',
      '17 on Other',
      'Codes for joining, as hashes:',
      '2026-08-21 11:00 UTC: a code of yours',
      '2026-08-21 10:30 UTC: a code of yours, used',
      '2026-08-21 11:05 UTC: 2 wrong codes since then',
      'Under way:',
      '2026-08-21 12:00 UTC: something that was sent and is forgotten once it is dealt with',
      'Deletions:',
      '2026-08-21 07:00 UTC: you had everything deleted. A hash of your id is kept for 8 days, so ' +
        'that your older reactions bring nothing back.',
    ]);
  });

  it('has pages, and each line on one of them', async () => {
    const bookmarks = Array.from({ length: 31 }, (_, index) => ({
      id: `2608.${index}`,
      title: `Paper ${index}`,
      savedAt: at('09:00'),
    }));
    const kept = { ...NOTHING_KEPT, bookmarks };
    const pages = [1, 2, 3].map((page) => run(`privacy export --page ${page}`, kept));
    const [first, second, third] = await Promise.all(pages);
    const ids = [first, second, third].map((page) => page!.said.match(/\(2608\.\d+\)/g)?.length);
    expect(ids).toEqual([15, 15, 1]);
    expect(second!.said).toMatch(/Page 2 of 3\.$/);
    expect(second!.buttons.map(({ args }) => args)).toEqual([
      { action: 'export', page: 1 },
      { action: 'export', page: 3 },
      { action: 'delete' },
    ]);
  });

  it('says when there is nothing', async () => {
    expect((await run('privacy export')).said).toBe('Nothing is kept about you.');
  });
});

describe('privacy delete', () => {
  it('asks once, with a button that confirms', async () => {
    const { said, buttons, erased } = await run('privacy delete', EVERYTHING);
    expect(said.split('\n')).toEqual([
      'This deletes 2 bookmarks, 3 reactions, 1 joined account, 2 codes, 2 wrong codes, and your id ' +
        'at 2 digests. There is no way back.',
      'The digests of channels go on, and other accounts of yours keep what is theirs.',
      'Press the button, or write /papers privacy delete confirm.',
    ]);
    expect(buttons).toEqual([
      {
        label: 'Delete all of it',
        command: 'privacy',
        args: { action: 'delete', confirm: 'confirm' },
      },
    ]);
    expect(erased).toEqual([]);
  });

  it('deletes when it is confirmed, and says what, and what still stands where', async () => {
    const { said, erased } = await run('privacy delete confirm', EVERYTHING);
    expect(erased).toEqual([READER]);
    expect(said.split('\n')).toEqual([
      'Deleted: 2 bookmarks, 3 reactions, 1 joined account, 2 codes, 2 wrong codes, and your id at 2 ' +
        'digests.',
      'The digests that you set up go on, and nobody is told in person any more when one can’t be ' +
        'posted. /papers unsubscribe ends one.',
      'Your other accounts keep what you saved there: write /papers privacy delete as each of them.',
      'Reactions of yours that stand on messages count no more; those that you put on from now on ' +
        'do. To know them apart, a hash of your id is kept for 8 days.',
      'Backups made before 2026-11-24 23:00 UTC still hold it, until whoever runs Paperboy deletes them.',
    ]);
  });

  it('says when there is nothing, and forgets reactions that nobody told of all the same', async () => {
    expect((await run('privacy delete')).said).toBe(
      'Nothing is kept about you that could be deleted.',
    );
    const { said, erased } = await run('privacy delete confirm');
    expect(said).toMatch(/^Nothing was kept about you that could be deleted\.\nReactions of yours/);
    expect(erased).toEqual([READER]);
  });

  it.each([
    ['privacy confirm', /^What Paperboy keeps about you/],
    [
      'privacy erase',
      /^I don’t know what “erase” is for\. privacy takes --action, --confirm, --page\.$/,
    ],
    ['privacy delte', /^action must be one of export, delete, not “delte”\.$/],
  ])('deletes nothing by mistake: %s', async (line, answer) => {
    const { said, erased } = await run(line, EVERYTHING);
    expect(said).toMatch(answer);
    expect(erased).toEqual([]);
  });
});
