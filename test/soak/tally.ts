import { addDays } from '../../src/core/archive/days.ts';
import type { ChannelRef } from '../../src/core/platform.ts';
import type { Ledger, PlannedPage } from './ledger.ts';
import type { Stage } from './stage.ts';

/** What became of the digests that were planned: each is delivered, lost or unknown. */
export interface Tally {
  readonly planned: number;
  /** Every page stands in its channel. */
  readonly delivered: number;
  /** A page is missing though nothing says so, or a slot has got no digest at all. */
  readonly lost: number;
  /** Messages that stand in a channel once too often, or that nobody planned. */
  readonly doubled: number;
  /** A page is missing, and `/papers status` gives the reason. */
  readonly unknown: number;
}

/**
 * Holds what the services accepted and show against what the program planned. A page is known by
 * its channel, its papers and whether it stands in a thread: not by its nonce or any other mark of
 * the program's, which might be what is broken. Says which digests are not as they should be.
 */
export function takeTally(ledger: Ledger, stage: Stage, say: (line: string) => void): Tally {
  const standing = standingPages(stage);
  const count = { planned: 0, delivered: 0, lost: forgottenSlots(ledger, stage, say), unknown: 0 };
  const digests = digestsOf(ledger);
  const [setAside, due] = split(digests);
  sayWhatWasSetAside(setAside, say);
  // What was given up may be in a later digest: that one's page is looked for first.
  const all = due.flat();
  const inOrder = [...all.filter(isSent), ...all.filter((page) => !isSent(page))];
  const lacking = new Set(inOrder.filter((page) => !take(standing, nameOf(page, page.papers))));
  for (const pages of due) {
    const missing = pages.filter((page) => lacking.has(page));
    const fate = isSetAside(pages) ? 'lost' : fateOf(missing);
    count.planned += 1;
    count[fate] += 1;
    if (fate !== 'delivered') say(`${fate}: ${JSON.stringify(missing)}`);
  }
  const extra = [...standing].filter(([, left]) => left > 0);
  for (const [name, left] of extra) say(`doubled: ${name}, ${left} too many`);
  return { ...count, doubled: extra.reduce((sum, [, left]) => sum + left, 0) };
}

function digestsOf(ledger: Ledger): PlannedPage[][] {
  const digests = new Map<number, PlannedPage[]>();
  for (const page of ledger.pages()) {
    const pages = digests.get(page.digest);
    if (pages === undefined) digests.set(page.digest, [page]);
    else pages.push(page);
  }
  return [...digests.values()];
}

/** Why a digest is set aside: a later one stands in for it, or an earlier one has said it all. */
const STOOD_IN_FOR = /^It is part of the digest of /;
const SAID = /^There was nothing new since /;

/**
 * What was set aside for a newer digest was not due, where that one came and reaches back as far: the
 * lists of both are its to choose from.
 */
function split(digests: readonly PlannedPage[][]): [PlannedPage[][], PlannedPage[][]] {
  const standIns = new Map<string, PlannedPage>();
  const setAside = new Set<PlannedPage[]>();
  for (const pages of digests.toReversed()) {
    const [first] = pages as [PlannedPage];
    const place = `${first.platform} ${first.channel}`;
    if (!isSetAside(pages)) standIns.set(place, first);
    else if (isSaid(pages) || reachesBack(standIns.get(place), pages)) setAside.add(pages);
  }
  const isDue = (pages: PlannedPage[]) => !setAside.has(pages);
  return [[...setAside], digests.filter(isDue)];
}

function isSetAside(pages: readonly PlannedPage[]): boolean {
  return isSaid(pages) || areSkipped(pages, STOOD_IN_FOR);
}

function isSaid(pages: readonly PlannedPage[]): boolean {
  return areSkipped(pages, SAID);
}

function areSkipped(pages: readonly PlannedPage[], why: RegExp): boolean {
  return pages.every(({ state, reason }) => state === 'skipped' && why.test(reason ?? ''));
}

function reachesBack(standIn: PlannedPage | undefined, pages: readonly PlannedPage[]): boolean {
  if (standIn === undefined) return false;
  const isEmpty = pages.every(({ papers }) => papers.length === 0);
  return isEmpty || (standIn.firstList ?? '') <= (pages[0]?.firstList ?? '');
}

function fateOf(missing: readonly PlannedPage[]): 'delivered' | 'unknown' | 'lost' {
  if (missing.length === 0) return 'delivered';
  return missing.every(isExplained) ? 'unknown' : 'lost';
}

/** How many digests for each reason, since a reason may be the wrong one. */
function sayWhatWasSetAside(
  digests: readonly (readonly PlannedPage[])[],
  say: (line: string) => void,
): void {
  const counts = new Map<string, number>();
  for (const [first] of digests) {
    const reason = first?.reason?.replaceAll(/\d+/g, '…') ?? 'no reason';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  for (const [reason, count] of counts) say(`set aside: ${count}, ${reason}`);
}

function isSent({ state }: PlannedPage): boolean {
  return state === 'sent';
}

/** Nothing more will come of it, and a person can read why. */
const CLOSED: ReadonlySet<string> = new Set(['blocked', 'held', 'skipped']);

function isExplained({ state, reason }: PlannedPage): boolean {
  return CLOSED.has(state) && reason !== null;
}

/** Takes one page of that name away; false when none is left. */
function take(standing: Map<string, number>, name: string): boolean {
  const left = standing.get(name) ?? 0;
  if (left > 0) standing.set(name, left - 1);
  return left > 0;
}

/** How often each page stands in its channel. */
function standingPages({ discord, slack, channels }: Stage): Map<string, number> {
  const count = new Map<string, number>();
  const add = (channel: ChannelRef, inThread: boolean, text: string) => {
    const papers = [...new Set(text.match(/\b\d{4}\.\d{5}\b/g))];
    const name = nameOf({ ...channel, inThread }, papers);
    count.set(name, (count.get(name) ?? 0) + 1);
  };
  for (const ref of channels) {
    if (ref.platform === 'slack') {
      for (const { thread, text, links } of slack.messages(ref.channel)) {
        add(ref, thread !== undefined, [text, ...links].join(' '));
      }
      continue;
    }
    for (const { components } of discord.messagesIn(ref.channel)) {
      add(ref, false, JSON.stringify(components));
    }
    for (const thread of discord.threadsOf(ref.channel)) {
      for (const { components } of discord.messagesIn(thread.id)) {
        add(ref, true, JSON.stringify(components));
      }
    }
  }
  return count;
}

function nameOf(
  { platform, channel, inThread }: Pick<PlannedPage, 'platform' | 'channel' | 'inThread'>,
  papers: readonly string[],
): string {
  return [platform, channel, inThread ? 'thread' : 'channel', ...papers.toSorted()].join(' ');
}

/** How late a slot may get its digest, in milliseconds. */
const LATE_MS = 600_000;

/** Slots that got no digest: days between those of a channel that have one, and overdue ones. */
function forgottenSlots(
  ledger: Ledger,
  { channels, now }: Stage,
  say: (line: string) => void,
): number {
  const gaps = channels.map((channel) => {
    const days = ledger.days(channel);
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return 0;
    let span = 1;
    for (let day = first; day < last; day = addDays(day, 1)) span += 1;
    if (span > days.length) say(`forgotten: ${channel.channel} has only ${days.join(' ')}`);
    return span - days.length;
  });
  const overdue = ledger.overdue(now() - LATE_MS);
  if (overdue > 0) say(`forgotten: ${overdue} slots are overdue`);
  return gaps.reduce((sum, gap) => sum + gap, overdue);
}
