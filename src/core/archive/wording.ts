import type { DateString, Instant } from '../paper.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** Nearer than this a weekday alone says which day is meant, in milliseconds. */
const WEEK_MS = 6 * 86_400_000;

/** `Friday 20 November`, with the year when it isn't this one. */
export function dayInWords(date: DateString, now: Date): string {
  const day = new Date(`${date}T00:00:00Z`);
  const year = day.getUTCFullYear() === now.getUTCFullYear() ? '' : ` ${day.getUTCFullYear()}`;
  return `${weekday(day)} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()] ?? ''}${year}`;
}

/** `Tuesday 02:30 UTC`, with the date when that is a week or more away. */
export function momentInWords(instant: Instant, now: Date): string {
  const moment = new Date(instant);
  const isNear = Math.abs(moment.getTime() - now.getTime()) < WEEK_MS;
  const day = isNear ? weekday(moment) : dayInWords(instant.slice(0, 'YYYY-MM-DD'.length), now);
  return `${day} ${instant.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length)} UTC`;
}

export function papersInWords(count: number): string {
  return count === 1 ? '1 paper' : `${count} papers`;
}

/** The text with a full stop, unless it ends a sentence already. */
export function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function weekday(day: Date): string {
  return WEEKDAYS[day.getUTCDay()] ?? '';
}
