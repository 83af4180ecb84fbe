import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArchive } from '../../../src/core/archive/index.ts';
import { createHttp } from '../../../src/core/http.ts';
import { silentLog } from '../../../src/core/log.ts';
import { planDue } from '../../../src/core/schedule/index.ts';
import { createHuggingFace } from '../../../src/core/sources/hugging-face/index.ts';
import { writeDigest } from '../../../src/core/store/digests.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { putSubscription } from '../../../src/core/store/subscriptions.ts';
import type { Fault } from '../../fakes/faults.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../../fakes/hugging-face-server.ts';
import { createSubscription } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

const LIST = '2026-09-01';
const settings = { weights: {}, profile: { topics: [], muted: [], follows: [] } };

let server: HuggingFaceServer;
let store: Store;

beforeEach(async () => {
  server = await startHuggingFaceServer();
  store = await aStore();
  const subscription = createSubscription({
    ...{ at: '09:00', timezone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], count: 20, topics: [] },
    nextDue: new Date('2026-09-02T09:00:00Z'),
  });
  await putSubscription(store, subscription, '2026-09-01T12:00:00.000Z');
  const pages = [{ message: { summary: 'before', blocks: [] }, papers: [], inThread: false }];
  const { channel } = subscription;
  const before = { channel, localDate: '2026-09-01', listDate: '2026-08-31', pages };
  await writeDigest(store, before, '2026-09-01T09:00:00.000Z');
  await store.updateTable('deliveries').set({ state: 'sent' }).execute();
});

afterEach(async () => {
  await server.close();
  await store.destroy();
});

async function tick(time: string, isUrgent = true): Promise<void> {
  const clock = () => new Date(time);
  const http = createHttp({ userAgent: 'paperboy-test', sleep: () => Promise.resolve() });
  const sources = [createHuggingFace({ http, baseUrl: server.url })];
  const options = { store, sources, clock, log: silentLog, settings };
  const archive = createArchive(options);
  await archive.refresh(AbortSignal.timeout(10_000), isUrgent);
  await planDue({ ...options, archive });
}

/** By one that answers. */
async function replaceServer(): Promise<void> {
  await server.close();
  server = await startHuggingFaceServer();
}

/** The papers of each digest that has some. */
async function digests(): Promise<string[][]> {
  const rows = await store
    .selectFrom('deliveries')
    .select('papers')
    .where('position', '=', 0)
    .where('papers', '<>', '[]')
    .orderBy('digest_id')
    .execute();
  await store
    .updateTable('deliveries')
    .set({ state: 'sent' })
    .where('state', '=', 'planned')
    .execute();
  return rows.map(({ papers }) => JSON.parse(papers) as string[]);
}

describe('43: from the source through to the digest', () => {
  it('half the papers come, and the rest, which the source has six hours later, once', async () => {
    const all = server.lists.get(LIST) ?? [];
    server.lists.set(LIST, all.slice(0, 2));
    await tick('2026-09-02T09:00:00Z');
    const [first = []] = await digests();
    server.lists.set(LIST, all);
    await tick('2026-09-02T15:00:00Z');
    await tick('2026-09-03T09:00:00Z');
    const [, second = []] = await digests();
    expect(first).toHaveLength(2);
    expect(second.length).toBeGreaterThan(0);
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
  });

  it('a source that was away for the minute of the slot costs nothing: its list comes the next', async () => {
    server.fail({ kind: 'reset' }, 50);
    await tick('2026-09-02T09:00:00Z');
    await replaceServer();
    await tick('2026-09-02T09:01:00Z', false);
    expect(await digests()).toEqual([]);
    await tick('2026-09-02T09:02:00Z');
    expect((await digests())[0]?.length).toBeGreaterThan(2);
  });

  it('a source that is away on a channel’s first day costs none of its first list', async () => {
    await store.deleteFrom('deliveries').execute();
    await store.deleteFrom('digests').execute();
    server.fail({ kind: 'status', status: 503 }, 50);
    await tick('2026-09-02T09:07:00Z');
    expect(await digests()).toEqual([]);
    await replaceServer();
    server.lists.set('2026-09-02', []);
    await tick('2026-09-03T09:00:00Z');
    expect((await digests()).at(-1)?.length).toBeGreaterThan(2);
    await tick('2026-09-04T09:00:00Z');
    expect(await digests()).toHaveLength(1);
  });

  const faults: readonly (readonly [string, Fault])[] = [
    ['a blank body', { kind: 'status', status: 200, body: '' }],
    ['429', { kind: 'rate-limit', reset: 60 }],
  ];
  it.each(faults)('%s loses no paper: they come with the next digest', async (_, fault) => {
    server.fail(fault, 50);
    await tick('2026-09-02T09:07:00Z');
    expect((await digests()).flat()).toEqual([]);
    await replaceServer();
    await tick('2026-09-03T09:00:00Z');
    expect((await digests()).at(-1)?.length).toBeGreaterThan(2);
  });
});
