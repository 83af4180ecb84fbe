import type { Clock } from '../../clock.ts';
import { arxivDate } from './calendar.ts';

/** Enough for the searches of a busy day, small enough to forget about (an answer is some 100 kB). */
const MOST = 100;

/** Remembers answers until arXiv's day ends, the least recently used ones give way. */
export interface DayCache<T> {
  /** The answer of today, or that of `ask`, which is kept unless it rejects. */
  get(key: string, ask: () => Promise<T>): Promise<T>;
}

/**
 * arXiv's results change once a day, and it asks not to repeat a query within one
 * (https://info.arxiv.org/help/api/user-manual.html).
 */
export function createDayCache<T>(clock: Clock): DayCache<T> {
  let day = '';
  let answers = new Map<string, T>();
  return {
    async get(key, ask) {
      const today = arxivDate(clock());
      if (today !== day) [day, answers] = [today, new Map<string, T>()];
      const current = answers;
      const known = current.get(key);
      const answer = known ?? (await ask());
      current.delete(key);
      current.set(key, answer);
      const [oldest] = current.keys();
      if (current.size > MOST && oldest !== undefined) current.delete(oldest);
      return answer;
    },
  };
}
