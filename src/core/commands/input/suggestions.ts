import type { Suggestion } from '../../command-call.ts';
import type { SuggestContext } from '../command.ts';
import { zonesLike } from './zone.ts';

/** Papers by the words of their titles. */
export function suggestPapers(typed: string, { services }: SuggestContext) {
  return services.suggestPapers(typed);
}

/** One topic. */
export function suggestTopics(typed: string, { services }: SuggestContext) {
  return services.suggestTopics(typed);
}

/** The last topic of a list with commas; what stands before it stays. */
export async function suggestTopicList(
  typed: string,
  { services }: SuggestContext,
): Promise<Suggestion[]> {
  const [, before = '', last = ''] = /^(.*,\s*)?([^,]*)$/s.exec(typed) ?? [];
  const topics = await services.suggestTopics(last);
  return topics.map(({ value }) => ({ name: before + value, value: before + value }));
}

/** Time zones whose name or city is like what is typed. */
export function suggestZones(typed: string): Suggestion[] {
  return zonesLike(typed).map((zone) => ({ name: zone.replaceAll('_', ' '), value: zone }));
}
