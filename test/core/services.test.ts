import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { createPaperboy, type Paperboy } from '../../src/core/paperboy.ts';
import { putCircuit } from '../../src/core/store/circuits.ts';
import { recordDeparture } from '../../src/core/store/departures.ts';
import { channelsToServe } from '../../src/core/store/deliveries.ts';
import { writeDigest } from '../../src/core/store/digests.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { ChannelRef } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store/open.ts';
import { savePapers } from '../../src/core/store/papers.ts';
import { createSample } from '../../src/core/sources/sample/index.ts';
import { createFakePlatform, type FakePlatform } from '../fakes/fake-platform.ts';
import { dailyItems, startSetting } from './archive/setting.ts';
import { createSubscription } from './commands/services.ts';
import { aPaper, aStore } from './store-fixtures.ts';

const NOW = new Date('2026-08-21T09:30:00Z');

let store: Store;
let platform: FakePlatform;
let paperboy: Paperboy;

beforeEach(async () => {
  store = await aStore();
  platform = createFakePlatform();
  paperboy = createPaperboy({
    store,
    sources: [createSample()],
    platforms: [platform],
    settings: { weights: {}, profile: { topics: [], muted: [], follows: [] } },
    clock: () => NOW,
    log: silentLog,
  });
  await paperboy.start();
});

afterEach(async () => {
  await paperboy.stop();
  await store.destroy();
});

async function subscribe(): Promise<void> {
  const { channel, reader } = platform;
  await paperboy.services.subscribe(createSubscription({ channel, reader, count: 2, topics: [] }));
}

/** Waits until this holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 400; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(holds()).toBe(true);
}

describe('posting one now', () => {
  it('posts at once, once on a double click, and leaves the schedule as it is', async () => {
    await subscribe();
    const before = (await paperboy.services.subscription(platform.channel))?.nextDue;
    const press = () => platform.call('post', {});
    await Promise.all([press(), press()]);
    await until(() => platform.messages.length === 3);
    await press();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(platform.messages).toHaveLength(3);
    expect((await paperboy.services.subscription(platform.channel))?.nextDue).toEqual(before);
  });

  it('is refused to those who may not manage the channel', async () => {
    await subscribe();
    await platform.call('post', {}, { canManage: false });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(platform.messages).toEqual([]);
  });
});

describe('what a channel mutes', () => {
  it('shows in none of its lists', async () => {
    const { services } = paperboy;
    const { channel, reader } = platform;
    await paperboy.archive.refresh(AbortSignal.timeout(5000));
    const titles = async () => {
      const lists = [
        await services.today(channel, 20),
        await services.trending(channel, 30, 20),
        await services.forReader(reader, channel, 20),
        await services.nextDigest(channel),
      ];
      return lists.map(({ ranked }) => ranked.map(({ paper }) => paper.title));
    };
    await services.subscribe(createSubscription({ channel, reader, count: 20, topics: [] }));
    const before = await titles();
    for (const list of before) expect(list.join()).toMatch(/attention/i);
    const muting = createSubscription({
      channel,
      reader,
      count: 20,
      topics: [],
      muted: ['attention'],
    });
    await services.subscribe(muting);
    const after = await titles();
    for (const list of after) expect(list.join()).not.toMatch(/attention/i);
    expect(after.every((list) => list.length > 0)).toBe(true);
  });
});

describe('papers like one', () => {
  it('are as many as asked for, without what the channel mutes and what is withdrawn', async () => {
    const { services } = paperboy;
    const { channel, reader } = platform;
    const like = (id: string, fields: Partial<Paper> = {}) =>
      aPaper({ id, title: `Agents that read ${id}`, ...fields });
    const gone = like('2608.00002', { withdrawn: true });
    const medical = ['3', '4'].map((id) => like(`2608.0000${id}`, { keywords: ['medical'] }));
    const others = ['5', '6', '7'].map((id) =>
      like(`2608.0000${id}`, { abstract: 'Longer text.' }),
    );
    const wanted = like('2608.00001');
    await savePapers(store, [wanted, gone, ...medical, ...others], NOW.toISOString());
    const idsLike = async () => {
      const found = await services.similar(channel, wanted, 3);
      return found.map(({ id }) => id).sort();
    };
    expect((await idsLike()).join()).toMatch(/0000[34]/);
    await services.subscribe(
      createSubscription({ channel, reader, topics: [], muted: ['medical'] }),
    );
    expect(await idsLike()).toEqual(others.map(({ id }) => id));
  });
});

describe('a reader’s own topics and mutes', () => {
  const READER = { platform: 'fake', tenant: 'lab', user: 'ada' };
  const direct = { platform: 'fake', tenant: 'lab', channel: 'D-ada' };
  const hall = { platform: 'fake', tenant: 'lab', channel: 'hall' };
  const whys = async (reader = READER) => {
    const { ranked } = await paperboy.services.forReader(reader, hall, 20);
    return ranked.map(({ paper, why = '' }) => `${paper.title}: ${why}`);
  };
  const wish = (topics: string[], muted: string[], personal: boolean) =>
    paperboy.services.subscribe(
      createSubscription({ channel: direct, reader: READER, topics, muted, personal }),
    );
  beforeEach(() => paperboy.archive.refresh(AbortSignal.timeout(5000)));

  it('count in what they ask for anywhere, beside what is muted there', async () => {
    expect((await whys()).join()).toMatch(/attention/i);
    await wish(['diffusion'], ['attention'], true);
    const [first, ...rest] = await whys();
    expect(first).toContain('matches diffusion');
    expect([first, ...rest].join()).not.toMatch(/attention/i);
    const here = { channel: hall, reader: { ...READER, user: 'bob' }, topics: [] };
    await paperboy.services.subscribe(createSubscription({ ...here, muted: ['diffusion'] }));
    expect((await whys()).join()).not.toMatch(/attention|diffusion/i);
  });

  it('count for nobody else, and not where a digest is everybody’s', async () => {
    const before = await whys();
    await wish(['diffusion'], ['attention'], true);
    for (const other of [{ user: 'bob' }, { tenant: 'other-lab' }, { platform: 'other' }]) {
      expect(await whys({ ...READER, ...other })).toEqual(before);
    }
    await wish(['diffusion'], ['attention'], false);
    expect(await whys()).toEqual(before);
  });
});

describe('the preview', () => {
  it('draws from the list that will have closed by the next digest, as far as it has got', async () => {
    const setting = await startSetting('2026-09-02T11:00:00Z');
    setting.server.lists.set('2026-09-01', dailyItems('2026-09-01', 3));
    setting.server.lists.set('2026-09-02', dailyItems('2026-09-02', 2));
    const profile = { topics: [], muted: [], follows: [] };
    const later = createPaperboy({
      ...setting.options,
      platforms: [],
      settings: { weights: {}, profile },
    });
    await later.archive.refresh(AbortSignal.timeout(5000));
    const { channel, reader } = platform;
    const schedule = { at: '09:00', timezone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] };
    await later.services.subscribe(
      createSubscription({ channel, reader, topics: [], ...schedule }),
    );
    const { dates, ranked } = await later.services.nextDigest(channel);
    expect([dates, ranked.length]).toEqual([['2026-09-02'], 2]);
    await later.stop();
    await setting.close();
  });
});

describe('who and what is followed', () => {
  it('comes first in a digest, and the why line names it', async () => {
    const { services } = paperboy;
    const { channel } = platform;
    await paperboy.archive.refresh(AbortSignal.timeout(5000));
    const [first] = (await services.today(channel, 1)).ranked;
    const last = (await services.today(channel, 20)).ranked.at(-1)!.paper;
    expect(last.id).not.toBe(first!.paper.id);
    const [name] = last.authors;
    const profile = { topics: [], muted: [], follows: [name!] };
    const following = createPaperboy({
      store,
      sources: [createSample()],
      platforms: [],
      settings: { weights: {}, profile },
      clock: () => NOW,
      log: silentLog,
    });
    const [top] = (await following.services.today(channel, 1)).ranked;
    expect(top?.paper.id).toBe(last.id);
    expect(top?.why).toContain(`by ${name!}`);
    await following.stop();
  });
});

/** The channel refuses the bot since nine o'clock, and it was removed from there. */
async function refuseAndLeave(): Promise<void> {
  const { channel } = platform;
  const openedAt = '2026-08-21T09:00:00.000Z';
  const circuit = { reason: 'Grant Send Messages.', openedAt, failures: 9 };
  await putCircuit(store, channel, { ...circuit, probeAt: '2026-08-22T09:00:00.000Z' });
  await recordDeparture(store, channel, openedAt);
}

async function planOne(held?: string): Promise<void> {
  const { channel } = platform;
  const pages = [{ message: { summary: 'planned', blocks: [] }, papers: [], inThread: false }];
  const plan = { channel, localDate: '2026-08-21', listDate: undefined, pages };
  await writeDigest(store, { ...plan, ...(held !== undefined && { held }) }, NOW.toISOString());
}

describe('where the channel refused it, or it was left by the bot', () => {
  const SO_FAR = 'So far I could not post here: Grant Send Messages.';

  it('posts one now at once, and says what was wrong', async () => {
    await subscribe();
    await refuseAndLeave();
    const { message } = await platform.call('post', {});
    expect(message.summary).toContain(SO_FAR);
    await until(() => platform.messages.length === 3);
  });

  it('posts what is held at once, and says what was wrong', async () => {
    await subscribe();
    await planOne('A backup was restored.');
    await refuseAndLeave();
    const { message } = await platform.call('post', { what: 'held' });
    expect(message.summary).toContain(SO_FAR);
    await until(() => platform.messages.length === 1);
  });
});

describe('problems', () => {
  it.each([
    ['thread', true],
    ['compact', false],
  ] as const)(
    'of a digest in the layout %s are asked for in threads: %s',
    async (layout, asked) => {
      const told: unknown[] = [];
      platform.problems = (_channel, inThreads) => {
        told.push(inThreads);
        return Promise.resolve([]);
      };
      const { channel, reader } = platform;
      await paperboy.services.subscribe(createSubscription({ channel, reader, layout }));
      await paperboy.services.problems(channel);
      expect(told).toEqual([asked]);
    },
  );
});

describe('subscribing', () => {
  it('tries at once what the channel refused before, or was left by the bot', async () => {
    const { channel } = platform;
    await subscribe();
    await refuseAndLeave();
    await planOne();
    expect(await channelsToServe(store, NOW.toISOString())).toEqual([]);
    await subscribe();
    expect(await channelsToServe(store, NOW.toISOString())).toEqual([channel]);
  });
});

describe('searching', () => {
  it('leaves out what the channel mutes, and only there', async () => {
    const { channel, reader } = platform;
    const paper = aPaper({ id: '2608.00001', title: 'Lanterns at sea' });
    await savePapers(store, [paper], NOW.toISOString());
    const muting = createSubscription({ channel, reader, count: 2, muted: ['lanterns'] });
    await paperboy.services.subscribe(muting);
    const idsIn = async (where?: ChannelRef) => {
      const options = { limit: 1, ...(where && { channel: where }) };
      return (await paperboy.services.search('"at sea"', options)).hits.map(
        ({ paper: { id } }) => id,
      );
    };
    expect(await idsIn(channel)).toEqual([]);
    expect(await idsIn()).toEqual(['2608.00001']);
  });
});
