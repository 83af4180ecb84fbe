import { dayNote, selectDigest, withNote, type DigestContent } from '../core/digest/index.ts';
import type { DateString } from '../core/index.ts';
import { readOnce } from '../core/schedule/index.ts';
import { settingsOf, type App } from './app.ts';

export interface DigestRequest {
  /** The list's date; the newest closed list when undefined. */
  readonly date: DateString | undefined;
  readonly topics: readonly string[];
  readonly count: number;
}

/**
 * The digest of one list, fetched first where the archive lacks it or what it has is old. Rejects
 * with `StoreError`, or with the signal's reason.
 */
export async function digestOf(
  { paperboy: { archive, tastes }, sources, store, clock, config }: App,
  { date = archive.newestClosed(), topics, count }: DigestRequest,
  signal?: AbortSignal,
): Promise<DigestContent> {
  const outcomes = await archive.ensure(date, signal);
  const content = await selectDigest(
    { store, settings: settingsOf(config), now: clock(), tastes, ...readOnce(store) },
    { count, topics, dates: [date] },
  );
  return withNote(content, dayNote(sources, outcomes, clock()));
}
