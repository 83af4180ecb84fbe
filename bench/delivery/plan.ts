import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Archive } from '../../src/core/archive/index.ts';
import { parseCorpusLine } from '../../src/core/archive/corpus.ts';
import { silentLog } from '../../src/core/log.ts';
import { planDue } from '../../src/core/schedule/index.ts';
import { closeStore, openStore, type Store } from '../../src/core/store/open.ts';
import { savePapers } from '../../src/core/store/papers.ts';
import { dueSubscriptions } from '../../src/core/store/next-due.ts';
import { putSubscription } from '../../src/core/store/subscriptions.ts';
import { findCorpus } from '../corpus.ts';
import { median, type Figure } from '../figures.ts';

const SUBSCRIBED = 10_000;
const DUE = 1_000;
const CANDIDATES = 100;
const RUNS = 200;
/** Each day's list, and when it is posted: by then a crowd has had its five minutes. */
const DAYS = [
  { list: '2026-08-19', due: '2026-08-20T09:00:00Z', now: '2026-08-20T09:06:00Z' },
  { list: '2026-08-20', due: '2026-08-21T09:00:00Z', now: '2026-08-21T09:06:00Z' },
] as const;
const LATER = new Date('2026-08-22T09:00:00Z');

const PROFILE = {
  topics: ['video generation', 'agents', 'reinforcement learning', 'author:"Yann LeCun"'],
  muted: ['medical'],
  follows: ['Google', 'Stanford University', 'Yann LeCun'],
};

/**
 * The query for what is due among 10,000 subscriptions, and the planning of 1,000 digests, each of a
 * channel that had one the day before.
 */
export async function measurePlanning(data: string, folder: string): Promise<Figure[]> {
  const store = openStore(join(folder, 'plan.db'));
  await savePapers(store, candidates(data, folder), DAYS[0].due);
  for (let index = 0; index < SUBSCRIBED; index += 1) await subscribe(store, index);
  const idle = await queryTimes(store, new Date('2026-08-20T08:59:00Z'));
  await plan(store, DAYS[0]);
  await store.updateTable('deliveries').set({ state: 'sent' }).execute();
  const spent = await plan(store, DAYS[1]);
  await closeStore(store);
  return [
    { name: 'due query, median', unit: 'ms', value: median(idle), atMost: 1 },
    { name: 'planning a digest, CPU', unit: 'ms', value: spent / DUE, atMost: 5 },
  ];
}

/** The CPU time that the digests of one day take, in milliseconds. */
async function plan(store: Store, { list, now }: (typeof DAYS)[number]): Promise<number> {
  const before = process.cpuUsage();
  await planDue({
    store,
    archive: { ...ARCHIVE, newestClosed: () => list, newestOpened: () => list },
    settings: { weights: {}, profile: PROFILE },
    clock: () => new Date(now),
    log: silentLog,
  });
  const { user, system } = process.cpuUsage(before);
  const { planned } = await store
    .selectFrom('digests')
    .select(({ fn }) => fn.countAll<number>().as('planned'))
    .where('list_date', '=', list)
    .executeTakeFirstOrThrow();
  if (planned !== DUE) throw new Error(`Not measured: ${planned} digests were planned`);
  return (user + system) / 1000;
}

function candidates(data: string, folder: string) {
  const { path } = findCorpus(data, folder);
  const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');
  const papers = lines.slice(-DAYS.length * CANDIDATES).map((line) => parseCorpusLine(line));
  return papers.map((paper, index) => ({
    ...paper,
    listDate: DAYS[Math.floor(index / CANDIDATES)]!.list,
  }));
}

async function queryTimes(store: Store, now: Date): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    await dueSubscriptions(store, now.toISOString());
    times.push(performance.now() - began);
  }
  return times;
}

async function subscribe(store: Store, index: number): Promise<void> {
  const channel = { platform: 'bench', tenant: 'lab', channel: String(index) };
  const wish = {
    channel,
    reader: { platform: 'bench', tenant: 'lab', user: 'ada' },
    at: '09:00',
    timezone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    count: 5,
    topics: [],
    muted: [],
    mode: 'settled',
    layout: 'thread',
    nextDue: index < DUE ? new Date(DAYS[0].due) : LATER,
  } as const;
  await putSubscription(store, wish, DAYS[0].due);
}

const unused = () => Promise.reject(new Error('Planning asks for nothing new'));

const ARCHIVE: Omit<Archive, 'newestClosed' | 'newestOpened'> = {
  refresh: unused,
  fetchList: unused,
  fetchRange: unused,
  ensure: unused,
  states: () => Promise.resolve([]),
};
