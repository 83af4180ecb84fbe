import { dayName } from '../compose.ts';
import type { FetchOutcome } from '../archive/index.ts';
import type { DateString } from '../paper.ts';
import type { PaperSource } from '../sources/source.ts';

/** What was missing when the lists of one day were read, in words; undefined when nothing was. */
export function dayNote(
  sources: readonly PaperSource[],
  outcomes: readonly FetchOutcome[],
): string | undefined {
  const lines = sources.flatMap((source, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : (explain(source, outcome) ?? []);
  });
  return lines.length === 0 ? undefined : lines.join(' ');
}

function explain(source: PaperSource, { kind, date, papers, error }: FetchOutcome) {
  const { name } = source;
  if (kind === 'failed') return `${name} could not be read: ${error ?? 'it gave no reason'}`;
  if (kind === 'quiet')
    return `${name} has no list on ${dayName(date)}: ${quietReason(source, date)}.`;
  if (kind === 'early') return `${name}: the list of ${dayName(date)} has not opened yet.`;
  return papers === 0 ? `${name}: the list of ${dayName(date)} is empty.` : undefined;
}

function quietReason(source: PaperSource, date: DateString): string {
  const day = source.day(date);
  return day.kind === 'quiet' && day.reason === 'holiday' ? 'a holiday' : 'a weekend';
}
