import { UserError } from '../../errors.ts';
import { fitting } from './fits.ts';
import { parseDays, parseTime } from './when.ts';
import { said } from './words.ts';
import { isZone, parseTimezone } from './zone.ts';

// Where a service shows a field for each argument, people write more into one than belongs there.

export const isTime = fitting(parseTime);
const isDays = fitting(parseDays);

/** Like `parseTime`, and tells where a time zone or days go that were written beside the time. */
export function readTime(text: string): string {
  if (isTime(text)) return parseTime(text);
  const words = text.split(' ');
  for (let at = 1; at < words.length; at += 1) {
    const halves = [words.slice(0, at).join(' '), words.slice(at).join(' ')] as const;
    const time = halves.find(isTime);
    const field = fieldOf(halves[0] === time ? halves[1] : halves[0]);
    if (time !== undefined && field !== undefined) {
      throw new UserError(`${said(text)} is more than a time of day. Write at:${time} ${field}.`);
    }
  }
  return parseTime(text);
}

function fieldOf(text: string): string | undefined {
  if (isZone(text)) return `timezone:${text}`;
  return isDays(text) ? `days:${text}` : undefined;
}

/** Like `parseTimezone`, and tells where days go. */
export function readTimezone(text: string): string {
  if (!isDays(text)) return parseTimezone(text);
  throw new UserError(`${text} are days, not a time zone. Write days:${text} instead.`);
}
