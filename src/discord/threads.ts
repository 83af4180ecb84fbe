import { Routes } from 'discord.js';
import { apiCode } from './errors.ts';
import type { MessageBody } from './body.ts';
import type { Place } from './places.ts';
import type { Ask } from './rest.ts';
import { toThreadBody } from './thread-body.ts';

/** A thread exists for that message already: somebody was faster, or an answer got lost. */
const ALREADY_OPEN = 160004;

export interface Thread {
  readonly id: string;
  readonly name: string;
}

/** Opens the thread of a message, whose id it shares; does nothing where there is one. */
export async function openThread(
  ask: Ask,
  place: Place,
  message: string,
  name: string,
): Promise<void> {
  try {
    await ask({
      method: 'POST',
      path: Routes.threads(place.id, message),
      body: toThreadBody(name),
    });
  } catch (error) {
    if (apiCode(error) !== ALREADY_OPEN) throw error;
  }
}

/** Makes a post in a forum; its first message has the post's own id. */
export async function openPost(
  ask: Ask,
  { id, tag }: Place,
  name: string,
  message: MessageBody,
): Promise<string> {
  const tags = tag === undefined ? {} : { applied_tags: [tag] };
  const body = { ...toThreadBody(name), ...tags, message };
  const made = await ask<Thread>({ method: 'POST', path: Routes.threads(id), body });
  return made.id;
}

interface ThreadList {
  readonly threads: readonly (Thread & { readonly parent_id?: string })[];
}

/** The posts of a forum that are newer than `since`, archived ones too. */
export async function newPosts(ask: Ask, place: Place, since: string): Promise<Thread[]> {
  const lists = [
    Routes.guildActiveThreads(place.guild ?? ''),
    Routes.channelThreads(place.id, 'public'),
  ];
  const found: Thread[] = [];
  for (const path of lists) {
    const { threads } = await ask<ThreadList>({ method: 'GET', path });
    found.push(...threads.filter((each) => each.parent_id === place.id));
  }
  return found.filter(({ id }) => BigInt(id) >= BigInt(since));
}
