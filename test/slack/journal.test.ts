import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrival } from '../../src/core/journal.ts';
import type { MessageRef, Reaction } from '../../src/core/platform.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { toEvent } from '../fakes/slack-server/events.ts';
import { openSlack, pause, type SlackSetUp } from './open-slack.ts';
import { openCore, type RealCore } from './real-core.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const reader = { platform: 'slack', tenant: 'T1', user: 'U1' };
const PAPER = '2608.00001';

let scene: SlackSetUp;
let core: RealCore;
let ref: MessageRef;
let saves: Reaction[];

beforeEach(async () => {
  [scene, core] = [await openSlack(), await openCore()];
  await scene.platform.start(core.inbox, definitions);
  ref = await scene.platform.post(place, lineMessage('a paper'), { key: 'a' });
  await core.bookmarks.remember(ref, [PAPER]);
  saves = [];
  const reaction = core.inbox.reaction.bind(core.inbox);
  Object.assign(core.inbox, {
    reaction: (given: Reaction) => {
      saves.push(given);
      return reaction(given);
    },
  });
});

afterEach(async () => {
  await scene.platform.stop();
  await scene.close();
  await core.store.destroy();
});

const react = (id?: string) =>
  scene.slack.readers.react('U1', { channel: 'C1', ts: ref.message }, 'bookmark', true, id);

const savedIds = async () => (await core.bookmarks.list(reader)).map(({ id }) => id);

describe('With the core’s own database', () => {
  it('24: an event that comes four times is one bookmark', async () => {
    for (let time = 0; time < 4; time++) await scene.does(react('Ev-same'));
    expect(await savedIds()).toEqual([PAPER]);
  });

  it('24: an event that comes four times at once over two sockets is one bookmark', async () => {
    // As while a refresh is under way, or with a second process on the same database.
    const second = scene.another();
    await second.start(core.inbox, definitions);
    expect(scene.slack.socket.connections).toBe(2);
    const receipts = await Promise.all([1, 2, 3, 4].map(() => react('Ev-same')));
    await scene.settled();
    await second.stop();
    expect(receipts.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(saves).toHaveLength(1);
    expect(await savedIds()).toEqual([PAPER]);
  });

  it('29: a socket lost before the acknowledgement costs nothing and doubles nothing', async () => {
    const keep = core.inbox.journal.keep.bind(core.inbox.journal);
    let attempts = 0;
    Object.assign(core.inbox.journal, {
      keep: async (arrival: Arrival) => {
        const isNew = await keep(arrival);
        if ((attempts += 1) === 1) {
          scene.slack.socket.drop();
          while (scene.slack.socket.connections > 0) await pause(1);
        }
        return isNew;
      },
    });
    const receipt = await react();
    expect([receipt.status, receipt.attempts]).toEqual([200, 2]);
    await scene.settled();
    expect(saves).toHaveLength(1);
    expect(await savedIds()).toEqual([PAPER]);
  });

  it('25: a reaction that the database could not take is saved once it can', async () => {
    await sql`CREATE TRIGGER broken BEFORE INSERT ON bookmarks
      BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END`.execute(core.store);
    await react();
    let attempts = 0;
    while (attempts === 0) {
      await pause(2);
      attempts = (await core.inbox.journal.open('slack'))[0]?.attempts ?? 0;
    }
    expect(await savedIds()).toEqual([]);
    await sql`DROP TRIGGER broken`.execute(core.store);
    await scene.settled();
    expect(await savedIds()).toEqual([PAPER]);
  });
});

it('24: an event that comes with each of Slack’s retry headers at once is one bookmark', async () => {
  const http = await openSlack({ mode: 'http' });
  await http.platform.start(core.inbox, definitions);
  const posted = await http.platform.post(place, lineMessage('a paper'), { key: 'a' });
  await core.bookmarks.remember(posted, [PAPER]);
  const event = {
    type: 'reaction_added',
    user: 'U1',
    reaction: 'bookmark',
    item: { type: 'message', channel: 'C1', ts: posted.message },
    item_user: http.slack.world.installs.get('T1')!.botUser,
  };
  const installed = http.slack.world.installs.get('T1')!;
  const parcel = toEvent(http.slack.world, event, { install: installed, id: 'Ev-same' });
  const receipts = await Promise.all(
    ['0', '1', '2', '3'].map((number) => {
      const headers = { 'x-slack-retry-num': number, 'x-slack-retry-reason': 'http_timeout' };
      return http.slack.http.send(parcel, {}, new Headers(headers));
    }),
  );
  await http.settled();
  await http.platform.stop();
  await http.close();
  expect(receipts.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(saves).toHaveLength(1);
  expect(await savedIds()).toEqual([PAPER]);
});

describe.each(['socket', 'http'] as const)('A database that is really busy (%s)', (mode) => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('28: Slack tells the reader in time, nothing breaks, and the answer follows', async () => {
    // Slack's three seconds are a fifth of one here.
    const busy = await openSlack({ mode, server: { patienceMs: 200 } });
    const real = await openCore(join(folder, 'paperboy.db'));
    await busy.platform.start(real.inbox, definitions);
    const other = new SQLite(join(folder, 'paperboy.db'));
    other.exec('BEGIN IMMEDIATE');
    expect((await busy.slack.readers.type('U1', 'C1', 'today')).status).toBe(0);
    other.exec('ROLLBACK');
    other.close();
    while (busy.slack.ephemerals('U1').length + busy.slack.messages('C1').length === 0)
      await pause(5);
    await busy.settled();
    await busy.platform.stop();
    await busy.close();
    await real.store.destroy();
  });
});
