import { asSentence, momentInWords, nextListAfter, type FetchOutcome } from '../archive/index.ts';
import { dayName } from '../compose.ts';
import type { DateString } from '../paper.ts';
import type { PaperSource } from '../sources/source.ts';

/**
 * What was missing when the lists of one day were read, and what comes next, in words; undefined
 * when nothing was.
 */
export function dayNote(
  sources: readonly PaperSource[],
  outcomes: readonly FetchOutcome[],
  now: Date,
): string | undefined {
  const lines = sources.flatMap((source, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : (explain(source, outcome, now) ?? []);
  });
  return lines.length === 0 ? undefined : lines.join(' ');
}

function explain(
  source: PaperSource,
  { kind, date, papers, error }: FetchOutcome,
  now: Date,
): string | undefined {
  const { name } = source;
  const day = dayName(date);
  if (kind === 'failed')
    return asSentence(`${name} could not be read: ${error ?? 'it gave no reason'}`);
  if (kind === 'late') return asSentence(`${name} is late: ${error ?? 'it gave no reason'}`);
  if (kind === 'early') return `${name}: the list of ${day} has not opened yet.`;
  if (kind !== 'quiet' && papers > 0) return undefined;
  const why =
    kind === 'quiet'
      ? `${name} has no list on ${day}: ${quietReason(source, date)}.`
      : `${name}: the list of ${day} is empty.`;
  return `${why}${whatComesNext(source, date, now)}`;
}

function quietReason(source: PaperSource, date: DateString): string {
  const day = source.day(date);
  return day.kind === 'quiet' && day.reason === 'holiday' ? 'a holiday' : 'a weekend';
}

function whatComesNext(source: PaperSource, date: DateString, now: Date): string {
  const next = nextListAfter(source, date);
  if (next === undefined) return '';
  const isDue = Date.parse(next.closesAt) > now.getTime();
  const when = isDue ? `, complete ${momentInWords(next.closesAt, now)}` : '';
  return ` The next list is that of ${dayName(next.date)}${when}.`;
}
