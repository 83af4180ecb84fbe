import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTLE_MS } from '../../src/core/archive/due.ts';
import { huggingFaceDay } from '../../src/core/sources/hugging-face/calendar.ts';

const DAY_MS = 86_400_000;
const FOLDER = join(process.env['PAPERBOY_DATA'] ?? '../shared/data', 'hf-api');
const FIXTURES = new URL('../fixtures/hugging-face/', import.meta.url).pathname;

/** The date of the newest list that has closed, and settled since. */
export function newestClosedDate(): string {
  const settled = Date.now() - SETTLE_MS;
  for (let time = settled; ; time -= DAY_MS) {
    const date = new Date(time).toISOString().slice(0, 10);
    const day = huggingFaceDay(date);
    if (day.kind === 'list' && Date.parse(day.closesAt) <= settled) return date;
  }
}

interface Item {
  readonly paper: object;
}

/** The items of a recorded list where recordings are at hand, else of a hand-written one, as of `date`. */
export function listOf(date: string): object[] {
  const folder = existsSync(FOLDER) ? FOLDER : FIXTURES;
  const files = readdirSync(folder).filter((file) => /^daily_papers-date-[\d-]+\.json$/.test(file));
  const lists = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Item[]);
  const [longest = []] = lists.sort((one, other) => other.length - one.length);
  const time = `${date}T00:00:00.000Z`;
  return longest.map((item) => ({
    ...item,
    publishedAt: time,
    paper: { ...item.paper, publishedAt: time, submittedOnDailyAt: time },
  }));
}
