import { UserError } from '../../errors.ts';
import { parseQuery, toWords } from '../../query.ts';
import { said } from './words.ts';

/** Topics per channel: more would prefer everything, and so nothing. */
const TOPICS_MAX = 20;

/** The longest topic, in UTF-16 units: the title of a paper. */
const TOPIC_MAX = 100;

/** The longest list, in UTF-16 units, with a comma, a space and quotes for each topic. */
export const TOPIC_LIST_MAX = TOPICS_MAX * (TOPIC_MAX + 4);

/**
 * The topics in a list with commas (`agents, author:"Doe, Jane"`), in order and without repeats;
 * `none` is an empty list. A comma within quotes separates nothing, and a quote that nothing closes
 * is dropped. Throws `UserError` for too many, for one that is too long, for one without a word, and for
 * one of unwanted words alone.
 */
export function parseTopics(text: string): string[] {
  const topics = splitTopics(text);
  for (const topic of topics) {
    const problem = problemOf(topic);
    if (problem !== undefined) throw new UserError(`${said(topic)} ${problem}`);
  }
  return limited(topics);
}

function problemOf(topic: string): string | undefined {
  if (toWords(topic).length === 0) return 'has no word that a paper could match.';
  if (topic.length > TOPIC_MAX) return `is too long a topic: at most ${TOPIC_MAX} characters.`;
  const terms = parseQuery(topic);
  const isUnwanted = terms.length > 0 && terms.every(({ excluded }) => excluded === true);
  return isUnwanted ? UNWANTED : undefined;
}

const UNWANTED =
  'says only what a paper must not hold. Write it without the dash, or have it never shown with ' +
  '/papers mute.';

/** The same topics. Throws `UserError` for too many. */
export function limited(topics: readonly string[]): string[] {
  if (topics.length <= TOPICS_MAX) return [...topics];
  throw new UserError(`That is ${topics.length} topics; a channel may have ${TOPICS_MAX}.`);
}

/** The topics as `parseTopics` reads them, whether or not a channel may have them. */
export function splitTopics(text: string): string[] {
  if (/^(?:none|no|-)$/i.test(text.trim())) return [];
  const topics = new Map<string, string>();
  for (const [part] of text.matchAll(/(?:"[^"]*"|[^,])+/g)) {
    const topic = unquoted(part);
    if (topic !== '' && !topics.has(topic.toLowerCase())) topics.set(topic.toLowerCase(), topic);
  }
  return [...topics.values()];
}

function unquoted(part: string): string {
  const closed = part.split('"').length % 2 === 1 ? part : part.replace(/"(?=[^"]*$)/, '');
  return closed
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
    .trim();
}

/** The list that `splitTopics` reads back. */
export function writeTopics(topics: readonly string[]): string {
  return topics.map(writeTopic).join(', ');
}

/** What would be read as several topics, or as none. */
const PARTED = /^(?:"[^"]*"|[^",])*,|^(?:none|no|-)$/i;

/** One topic of such a list: in quotes where it would not be read as one. */
export function writeTopic(topic: string): string {
  return PARTED.test(topic) ? `"${topic}"` : topic;
}

/** The end of a sentence: `, preferring agents and video generation`; empty without topics. */
export function describeTopics(topics: readonly string[]): string {
  const written = topics.map(writeTopic);
  const last = written.at(-1);
  if (last === undefined) return '';
  const names = written.length === 1 ? last : `${written.slice(0, -1).join(', ')} and ${last}`;
  return `, preferring ${names}`;
}
