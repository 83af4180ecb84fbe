import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageRef } from '../../src/core/platform.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { openSlack, pause, type SlackSetUp } from './open-slack.ts';
import { openCore, type RealCore } from './real-core.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const reader = { platform: 'slack', tenant: 'T1', user: 'U1' };
const PAPER = '2608.00001';

let scene: SlackSetUp;
let core: RealCore;
let ref: MessageRef;

beforeEach(async () => {
  [scene, core] = [await openSlack(), await openCore()];
  await scene.platform.start(core.inbox, definitions);
  ref = await scene.platform.post(place, lineMessage('a paper'), { key: 'a' });
  await core.bookmarks.remember(ref, [PAPER]);
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
