import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aList } from '../store-fixtures.ts';
import { aChannel, type AChannel } from './a-channel.ts';

let channel: AChannel;

beforeEach(async () => {
  const lists = ['2026-08-19', '2026-08-20', '2026-08-21', '2026-08-22'];
  channel = await aChannel(lists.flatMap((date, index) => aList(date, 1 + 10 * index)));
  await channel.type('2026-08-20T12:00:00Z', 'subscribe 09:00 UTC daily 2');
});

afterEach(() => channel.store.destroy());

describe('while due slots are planned', () => {
  it('a channel that is unsubscribed gets nothing', async () => {
    channel.beforePlanning(() => channel.type('2026-08-21T09:00:00Z', 'unsubscribe'));
    await channel.tick('2026-08-21T09:00:00Z');
    await channel.tick('2026-08-21T09:01:00Z');
    expect(channel.posted()).toEqual([]);
  });
});
