import type { SourceState } from '../commands/command.ts';
import type { PaperSource } from '../sources/source.ts';
import { listsOf, sourceHealth, type ListRecord, type SourceHealth } from '../store/sources.ts';
import {
  addDays,
  daysBetween,
  hasOpened,
  isWhole,
  newestClosedList,
  nextList,
  utcDay,
  type ListDate,
} from './days.ts';
import type { ArchiveOptions } from './fetch-list.ts';
import { asSentence, dayInWords, momentInWords, papersInWords } from './wording.ts';

/**
 * How long after its close a list may be missing or empty before the source counts as stalled, in
 * milliseconds. arXiv's feeds have been some hours late without anything being wrong.
 */
export const PATIENCE_MS = 6 * 3_600_000;

/** What the state of a source is computed from. */
export interface StateFacts {
  readonly source: Pick<PaperSource, 'id' | 'name' | 'day'>;
  /** At least the records of the newest closed list and of the next one, where they exist. */
  readonly records: readonly ListRecord[];
  readonly health: SourceHealth;
  readonly now: Date;
}

/** The state of every source now. Rejects with `StoreError`. */
export function readStates(options: ArchiveOptions): Promise<SourceState[]> {
  const { store, sources, clock } = options;
  const now = clock();
  return Promise.all(
    sources.map(async (source) => {
      const oldest = newestClosedList(source, now)?.date ?? utcDay(now);
      const newest = nextList(source, now)?.date ?? oldest;
      const records = await listsOf(store, source.id, oldest, newest);
      return stateOf({ source, records, health: await sourceHealth(store, source.id), now });
    }),
  );
}

/** Whether a source is fresh, waiting, quiet, stalled or failed, and a sentence about it. Pure. */
export function stateOf(facts: StateFacts): SourceState {
  const { source, health, now } = facts;
  const next = nextList(source, now);
  return {
    source: source.id,
    name: source.name,
    ...judge(facts, newestClosedList(source, now), next),
    ...(next !== undefined && { nextExpectedAt: next.closesAt }),
    skipped: health.skipped,
  };
}

type Judgement = Pick<SourceState, 'kind' | 'detail' | 'missing'>;

function judge(facts: StateFacts, newest?: ListDate, next?: ListDate): Judgement {
  const { records, health, now } = facts;
  const outlook = next === undefined ? '' : describeNext(next, records, now);
  const say = (kind: Judgement['kind'], said: string): Judgement => ({
    kind,
    detail: `${said}${outlook}`,
  });
  const record = newest && recordOf(records, newest);
  const isThere = newest && record && record.paperCount > 0 && isWhole(newest, record.fetchedAt);
  const missing = newest === undefined || isThere ? {} : { missing: newest.date };
  if (isFailing(health)) return { ...say('failed', describeFailure(health, now)), ...missing };
  if (newest === undefined) return say('waiting', 'It has had no list yet.');
  if (!isThere) return { ...say(...judgeMissing(facts, newest, record)), ...missing };
  const papers = papersInWords(record.paperCount);
  const complete = `he list of ${dayInWords(newest.date, now)} is complete (${papers}).`;
  const pause = next && pauseBetween(facts, newest, next);
  return pause === undefined
    ? say('fresh', `T${complete}`)
    : say('quiet', `Quiet for ${pause}: t${complete}`);
}

function isFailing({ failedAt, succeededAt }: SourceHealth): boolean {
  return failedAt !== undefined && (succeededAt === undefined || failedAt > succeededAt);
}

function describeFailure({ failedAt, failure, succeededAt }: SourceHealth, now: Date): string {
  const when = failedAt === undefined ? '' : `, ${momentInWords(failedAt, now)},`;
  const since =
    succeededAt === undefined
      ? 'It has never answered.'
      : `It last answered ${momentInWords(succeededAt, now)}.`;
  return `The last attempt${when} failed: ${asSentence(failure ?? 'no reason given')} ${since}`;
}

/** The newest closed list isn't there as a whole: nobody asked since, or the source has nothing. */
function judgeMissing(
  { health, now }: StateFacts,
  newest: ListDate,
  record: ListRecord | undefined,
): [Judgement['kind'], string] {
  const list = `The list of ${dayInWords(newest.date, now)}`;
  const due = momentInWords(newest.closesAt, now);
  if (health.succeededAt === undefined && record === undefined) {
    return [
      'waiting',
      `Nothing has been fetched from it yet. ${list} has been there since ${due}.`,
    ];
  }
  if (!isWhole(newest, record?.fetchedAt)) {
    const early = record?.paperCount ?? 0;
    const held = early === 0 ? '' : `; before, it held ${papersInWords(early)}`;
    return ['waiting', `${list} closed ${due} and has not been fetched since${held}.`];
  }
  if (now.getTime() - Date.parse(newest.closesAt) < PATIENCE_MS) {
    return ['waiting', `${list} was due ${due} and is not there yet.`];
  }
  const why = 'the source is late, or has a holiday that its calendar doesn’t tell';
  return ['stalled', `${list} was due ${due} and is still missing: ${why}.`];
}

function describeNext(next: ListDate, records: readonly ListRecord[], now: Date): string {
  const soFar = recordOf(records, next)?.paperCount ?? 0;
  const held = soFar === 0 ? '' : ` and holds ${papersInWords(soFar)} so far`;
  return ` The next one is due ${momentInWords(next.closesAt, now)}${held}.`;
}

/** Why no list is open between these two, or undefined when one is, or none was to be expected. */
function pauseBetween(
  { source, now }: StateFacts,
  newest: ListDate,
  next: ListDate,
): string | undefined {
  if (hasOpened(next, now)) return undefined;
  const between = daysBetween(addDays(newest.date, 1), addDays(next.date, -1));
  const quiet = between.map((date) => ({ date, day: source.day(date) }));
  const today = quiet.find(({ date }) => date <= utcDay(now)) ?? quiet.at(-1);
  if (today?.day.kind !== 'quiet') return undefined;
  return today.day.reason === 'weekend' ? 'the weekend' : 'a holiday';
}

function recordOf(records: readonly ListRecord[], { date }: ListDate): ListRecord | undefined {
  return records.find(({ listDate }) => listDate === date);
}
