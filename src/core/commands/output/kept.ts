import { ERASURE_DAYS, type Kept, type KeptSubscription } from '../../privacy.ts';
import { shorten } from '../../text/index.ts';
import type { CommandServices } from '../command.ts';
import { describeSubscription } from './describe.ts';
import { counted } from './reply.ts';

/** One thing that is kept, as its reader sees it, and what it belongs to. */
export interface KeptLine {
  readonly title: string;
  readonly line: string;
}

type Names = Pick<CommandServices, 'nameOf'>;

/** How much of a title tells which paper it is, in UTF-16 units. */
const TITLE_MAX = 120;

/** A line for everything that is kept, those of one kind together. */
export function linesOf(kept: Kept, names: Names): KeptLine[] {
  return [
    ...under('Bookmarks', kept.bookmarks.map(bookmark)),
    ...under('Reactions', kept.reactions.map(reaction)),
    ...under('Digests that you set up', kept.subscriptions.map(subscription)),
    ...under(
      'Joined accounts',
      kept.joined.map(({ platform, user }) => `${user} on ${names.nameOf(platform)}`),
    ),
    ...under('Codes for joining, as hashes', codes(kept)),
    ...under('Under way', kept.arrivals.map(arrival)),
    ...under('Deletions', kept.erasedAt === undefined ? [] : [erasure(kept.erasedAt)]),
  ];
}

function under(title: string, lines: readonly string[]): KeptLine[] {
  return lines.map((line) => ({ title, line }));
}

/** `2026-08-21 09:00 UTC` */
export function exactly(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function bookmark({ id, title, savedAt }: Kept['bookmarks'][number]): string {
  return `${exactly(savedAt)}: ${named(title)} (${id})`;
}

function reaction({ emoji, message, titles }: Kept['reactions'][number]): string {
  const place = `message ${message.message} in channel ${message.channel} (${message.tenant})`;
  const [first, ...others] = titles;
  if (first === undefined) return `${emoji} on ${place}`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${emoji} on ${place}: ${named(first)}${more}`;
}

function named(title: string): string {
  return `“${shorten(title, TITLE_MAX)}”`;
}

function subscription({ subscription: set, createdAt, trouble }: KeptSubscription): string {
  const { channel, tenant } = set.channel;
  const what = describeSubscription(
    set,
    `${exactly(createdAt)}: channel ${channel} (${tenant}) gets`,
  );
  return trouble === undefined ? what : `${what} Nothing is posted there: ${trouble}`;
}

function codes({ codes: all, wrongCodes: wrong }: Kept): string[] {
  const own = all.map(
    ({ madeAt, ended }) =>
      `${exactly(madeAt)}: a code of yours${ended === null ? '' : `, ${ended}`}`,
  );
  if (wrong === undefined) return own;
  return [...own, `${exactly(wrong.since)}: ${counted(wrong.count, 'wrong code')} since then`];
}

function arrival({ receivedAt }: Kept['arrivals'][number]): string {
  return `${exactly(receivedAt)}: something that was sent and is forgotten once it is dealt with`;
}

function erasure(at: Date): string {
  return (
    `${exactly(at)}: you had everything deleted. A hash of your id is kept for ${ERASURE_DAYS} days, ` +
    'so that your older reactions bring nothing back.'
  );
}
