import { Routes } from 'discord.js';
import { DeliveryError } from '../core/index.ts';
import { textsOf, type Component } from './body.ts';
import { toMarker } from './custom-id.ts';
import { renderPlainly, type Page } from './render.ts';
import type { Ask } from './rest.ts';

/** How many messages one request gives, at most; and after how many of them a person has to look. */
const LOOKED_AT = 100;
const MOST_PAGES = 10;

/** Clocks differ: what was posted a little before the attempt, as Discord sees it, counts as well. */
const SKEW_MS = 60_000;

/** 2015-01-01, from which snowflakes count: https://docs.discord.com/developers/reference#snowflakes */
const EPOCH = 1_420_070_400_000;

export interface RawMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: { readonly id: string };
  readonly components?: readonly Component[];
}

/** The smallest id that a message of that time can have. */
export function toSnowflake(time: Date): string {
  const ms = Math.max(0, time.getTime() - SKEW_MS - EPOCH);
  return String(BigInt(ms) << 22n);
}

/**
 * Our message of a page, if it stands in the channel: among the newest, in case the attempt's clock
 * was wrong, or among all since the attempt. Rejects with `held` where those are too many.
 */
export async function lookBack(
  ask: Ask,
  channel: string,
  since: Date,
  isOurs: (message: RawMessage) => boolean,
): Promise<string | undefined> {
  const start = BigInt(toSnowflake(since));
  let messages = await read(ask, channel);
  let after = start;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = messages.find(isOurs);
    if (found !== undefined) return found.id;
    const isAll = messages.length < LOOKED_AT || (page === 0 && messages.some(isBefore(start)));
    if (isAll) return undefined;
    if (page > 0) after = newestOf(messages);
    messages = await read(ask, channel, after);
  }
  throw new DeliveryError('held', TOO_MANY);
}

const TOO_MANY =
  'Discord may have shown this page already, and that can’t be checked, since the channel has too many newer messages.';

function read(ask: Ask, channel: string, after?: bigint): Promise<readonly RawMessage[]> {
  const query = { limit: String(LOOKED_AT), ...(after !== undefined && { after: String(after) }) };
  return ask({ method: 'GET', path: Routes.channelMessages(channel), query });
}

function isBefore(start: bigint): (message: RawMessage) => boolean {
  return ({ id }) => BigInt(id) < start;
}

function newestOf(messages: readonly RawMessage[]): bigint {
  return messages.map(({ id }) => BigInt(id)).reduce((last, id) => (id > last ? id : last));
}

/**
 * Whether a message of ours is this page: by the marker in its custom ids, whatever the clocks say;
 * where it has none, as the plain form has none, by its words, if it was posted since the attempt.
 */
export function isPage(
  { id, author, components = [] }: RawMessage,
  page: Page,
  name: string,
  us: string,
  since: Date,
): boolean {
  if (author.id !== us) return false;
  const marker = toMarker(name);
  const marks = customIds(components);
  if (marks.length > 0) return marks.some((mark) => mark.startsWith(marker));
  if (BigInt(id) < BigInt(toSnowflake(since))) return false;
  const words = wordsOf(components);
  return [page.body, renderPlainly(page)].some((body) => wordsOf(body.components) === words);
}

/** Discord trims what it shows. */
function wordsOf(components: readonly Component[]): string {
  return textsOf(components)
    .map((text) => text.trim())
    .join('\n');
}

function customIds(components: readonly Component[]): string[] {
  return components.flatMap((each) => {
    if (each.type === 17) return customIds(each.components);
    return each.type === 1 ? each.components.map((inner) => inner.custom_id) : [];
  });
}
