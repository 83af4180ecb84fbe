import { Temporal } from 'temporal-polyfill';

/**
 * The deferred announcements of a year as arXiv published them
 * (https://info.arxiv.org/help/availability.html), December 2025 as measured. A date means that
 * nothing is announced in the evening of that day: in each case until January 2026, the day after it
 * brought no newer id to Hugging Face's lists, and the day itself did. Fridays stand among them
 * too, but have no announcement anyway.
 */
const PUBLISHED: Readonly<Record<number, readonly string[]>> = {
  2025: ['01-01', '01-20', '06-19', '07-06', '09-01', '11-27', '12-25', '12-30'],
  2026: ['01-01', '01-19', '06-19', '07-03', '09-07', '11-26', '12-25', '12-29', '12-31'],
};

const MONDAY = 1;
const THURSDAY = 4;

/**
 * Whether arXiv announces nothing in the evening of that day for a holiday. For a year that isn't
 * written down here a rule stands in: the US holidays that arXiv has kept each year, moved to Friday
 * or Monday from a weekend. The one or two further evenings between Christmas and New Year change
 * from year to year (27 December 2023, 26 December 2024, 30 December 2025, 29 and 31 December 2026),
 * and some come at short notice; no rule knows those, and their list will look late.
 */
export function isDeferred(day: Temporal.PlainDate): boolean {
  const published = PUBLISHED[day.year];
  if (published) return published.includes(day.toString().slice('YYYY-'.length));
  return byRule(day.year).some((holiday) => holiday.equals(day));
}

function byRule(year: number): Temporal.PlainDate[] {
  return [
    observed(year, 1, 1),
    nthWeekday(year, 1, MONDAY, 3),
    observed(year, 6, 19),
    observed(year, 7, 4),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 11, THURSDAY, 4),
    observed(year, 12, 25),
  ];
}

/** A holiday on Saturday is kept on Friday, one on Sunday on Monday. */
function observed(year: number, month: number, day: number): Temporal.PlainDate {
  const date = Temporal.PlainDate.from({ year, month, day });
  const shift = { 6: -1, 7: 1 }[date.dayOfWeek] ?? 0;
  return date.add({ days: shift });
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const toFirst = (weekday - first.dayOfWeek + 7) % 7;
  return first.add({ days: toFirst + 7 * (nth - 1) });
}
