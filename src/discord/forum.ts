import { Routes } from 'discord.js';
import { isPage, toSnowflake, type RawMessage } from './look-back.ts';
import type { Job } from './post.ts';
import { pageName } from './render.ts';
import { toThreadBody, toThreadName } from './thread-body.ts';
import { newPosts, openPost } from './threads.ts';

/**
 * Makes a forum's post of the first page and gives its id. Posts have no nonce, so after any
 * attempt that may have succeeded the forum is looked through first.
 */
export async function openPostOnce(job: Job): Promise<string> {
  const { wire, place, message, pages } = job;
  const [page] = pages;
  if (page === undefined) throw new Error('A message has at least one page');
  const name = toThreadName(message);
  const standing = await findPost(job, toThreadBody(name).name);
  return standing ?? openPost(wire.ask, place, name, page.body);
}

async function findPost(
  { wire, channel, options, place, pages }: Job,
  name: string,
): Promise<string | undefined> {
  const { attemptedAt, key } = options;
  const [page] = pages;
  if (attemptedAt === undefined || page === undefined) return undefined;
  const posts = await newPosts(wire.ask, place, toSnowflake(attemptedAt));
  for (const { id } of posts.filter((post) => post.name === name)) {
    const path = Routes.channelMessage(id, id);
    const starter = await wire.ask<RawMessage>({ method: 'GET', path });
    const ours = pageName(`${channel.channel}|${key}`, 0);
    if (isPage(starter, page, ours, wire.us(), attemptedAt)) return id;
  }
  return undefined;
}
