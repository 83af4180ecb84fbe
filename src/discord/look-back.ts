import { Routes } from 'discord.js';
import { textsOf, type Component } from './body.ts';
import { toMarker } from './custom-id.ts';
import { renderPlainly, type Page } from './render.ts';
import type { Ask } from './rest.ts';

/** How many messages are looked through, at most, in one request. */
const LOOKED_AT = 100;

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
 * Our message of a page, if it stands in the channel: among the first since the attempt, however
 * much was written after it, or among the newest, in case the attempt's clock was wrong.
 */
export async function lookBack(
  ask: Ask,
  channel: string,
  since: Date,
  isOurs: (message: RawMessage) => boolean,
): Promise<string | undefined> {
  const path = Routes.channelMessages(channel);
  const limit = String(LOOKED_AT);
  for (const query of [{ after: toSnowflake(since), limit }, { limit }]) {
    const messages = await ask<readonly RawMessage[]>({ method: 'GET', path, query });
    const found = messages.find(isOurs);
    if (found !== undefined) return found.id;
  }
  return undefined;
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
