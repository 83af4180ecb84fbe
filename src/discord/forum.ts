import { Routes } from 'discord.js';
import { absent } from '../core/index.ts';
import { isPage, toSnowflake, type RawMessage } from './look-back.ts';
import type { Job } from './job.ts';
import { inSomeForm } from './plain-form.ts';
import { pageName } from './render.ts';
import { toThreadName } from './thread-body.ts';
import { newPosts, openPost } from './threads.ts';

/**
 * Makes a forum's post of the first page and gives its id. Posts have no nonce, so after any
 * attempt that may have succeeded the forum is looked through first.
 */
export async function openPostOnce(job: Job): Promise<string> {
  const { wire, place, message, pages } = job;
  const [page] = pages;
  if (page === undefined) throw new Error('A message has at least one page');
  const standing = await findPost(job);
  if (standing !== undefined) return standing;
  if (job.options.findOnly === true) throw absent();
  const name = toThreadName(message);
  return inSomeForm({ log: wire.log, channel: place.id }, page, (body) =>
    openPost(wire.ask, place, name, body),
  );
}

async function findPost(job: Job): Promise<string | undefined> {
  const { wire, channel, options, place, pages } = job;
  const { attemptedAt, key } = options;
  const [page] = pages;
  if (attemptedAt === undefined || page === undefined) return undefined;
  const posts = await newPosts(wire.ask, place, toSnowflake(attemptedAt));
  for (const { id } of posts) {
    const path = Routes.channelMessage(id, id);
    const starter = await wire.ask<RawMessage>({ method: 'GET', path });
    const ours = pageName(`${channel.channel}|${key}`, 0);
    if (isPage(starter, page, ours, wire.us(), attemptedAt)) return id;
  }
  return undefined;
}
