import { UserError } from '../../errors.ts';
import { toWords } from '../../query.ts';
import { said } from './words.ts';

/** Topics per channel: more would prefer everything, and so nothing. */
const TOPICS_MAX = 20;

/**
 * The topics in a list with commas (`agents, author:"Doe, Jane"`), in order and without repeats;
 * `none` is an empty list. A comma within quotes separates nothing. Throws `UserError`.
 */
export function parseTopics(text: string): string[] {
  if (/^(?:none|no|-)$/i.test(text.trim())) return [];
  const topics = new Map<string, string>();
  for (const [part] of text.matchAll(/(?:"[^"]*"|[^,])+/g)) {
    const topic = part
      .trim()
      .replace(/^"([^"]*)"$/, '$1')
      .trim();
    if (topic !== '' && toWords(topic).length === 0) {
      throw new UserError(`${said(topic)} has no word that a paper could match.`);
    }
    if (topic !== '' && !topics.has(topic.toLowerCase())) topics.set(topic.toLowerCase(), topic);
  }
  if (topics.size <= TOPICS_MAX) return [...topics.values()];
  throw new UserError(`That is ${topics.size} topics; a channel may have ${TOPICS_MAX}.`);
}

/** The end of a sentence: `, preferring agents and video generation`; empty without topics. */
export function describeTopics(topics: readonly string[]): string {
  const last = topics.at(-1);
  if (last === undefined) return '';
  const names = topics.length === 1 ? last : `${topics.slice(0, -1).join(', ')} and ${last}`;
  return `, preferring ${names}`;
}
