import { Routes } from 'discord.js';
import { textsOf, type Component } from './body.ts';
import { toMarker } from './custom-id.ts';
import type { Page } from './render.ts';
import type { Ask } from './rest.ts';

/** How many messages are looked through for one that may have been posted. */
const LOOKED_AT = 50;

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

/** Our message of a page among the newest of a channel, if it stands there. */
export async function lookBack(
  ask: Ask,
  channel: string,
  isOurs: (message: RawMessage) => boolean,
): Promise<string | undefined> {
  const messages = await ask<readonly RawMessage[]>({
    method: 'GET',
    path: Routes.channelMessages(channel),
    query: { limit: String(LOOKED_AT) },
  });
  return messages.find(isOurs)?.id;
}

/**
 * Whether a message of ours is this page: by the marker in its custom ids, whatever the clocks say;
 * where it has none by its words, if it was posted since the attempt.
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
  const wanted = customIds(page.body.components);
  if (wanted.length > 0) return customIds(components).some((id) => id.startsWith(marker));
  const isNew = BigInt(id) >= BigInt(toSnowflake(since));
  return isNew && wordsOf(components) === wordsOf(page.body.components);
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
