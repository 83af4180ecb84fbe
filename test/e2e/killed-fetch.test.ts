import { once } from 'node:events';
import SQLite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../src/core/archive/days.ts';
import { startProgram, type Program } from '../cli/program.ts';
import { dailyItems } from '../core/archive/setting.ts';
import { createRandom, type Random } from '../soak/random.ts';
import { eventually, startPaperboy } from './paperboy-process.ts';

const FIRST = '2026-07-20';
const DAYS = 31;
const PAPERS = 30;
const KILLS = 8;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

let program: Program;
beforeAll(async () => {
  program = await startProgram('2026-09-01T12:00:00Z');
  for (let day = 0; day < DAYS; day += 1) {
    const date = addDays(FIRST, day);
    program.huggingFace.lists.set(date, dailyItems(date, PAPERS));
  }
});
afterAll(() => program.close());

const ARGS = ['fetch', '--from', FIRST, '--to', addDays(FIRST, DAYS - 1)];

function contentOf(path: string): Record<string, unknown[]> {
  const database = new SQLite(path);
  const all = (sql: string) => database.prepare(sql).all();
  const content = {
    damage: database.pragma('integrity_check') as unknown[],
    strays: database.pragma('foreign_key_check') as unknown[],
    halfLists: all(`SELECT list_date FROM lists WHERE paper_count <>
      (SELECT count(*) FROM listings WHERE listings.list_date = lists.list_date)`),
    lists: all('SELECT * FROM lists ORDER BY list_date'),
    listings: all('SELECT * FROM listings ORDER BY list_date, paper_id'),
    papers: all('SELECT id, title, upvotes, upvotes_at, list_date FROM papers ORDER BY id'),
    votes: all('SELECT * FROM vote_readings ORDER BY paper_id, read_at'),
    found: all(`SELECT rowid FROM papers_text WHERE papers_text MATCH 'lantern' ORDER BY rowid`),
  };
  database.close();
  return content;
}

/** Starts a fetch and kills it at a random moment after a random number of requests. */
async function killOnce(random: Random, env: Readonly<Record<string, string>>) {
  const { requests } = program.huggingFace;
  const until = requests.length + 1 + Math.floor(random.next() * 5);
  const child = startPaperboy(ARGS, env, program.folder);
  const closed = once(child, 'close');
  await eventually(
    () => (requests.length >= until || child.exitCode !== null ? true : undefined),
    20_000,
    () => `request ${until} of seed ${SEED}`,
    1,
  );
  await new Promise((resolve) => setTimeout(resolve, random.next() * 15));
  child.kill('SIGKILL');
  await closed;
}

it(`loses and doubles nothing when it is killed at any moment (seed ${SEED})`, async () => {
  const random = createRandom(SEED);
  const env = { ...program.env, PAPERBOY_DATABASE: `${program.folder}/killed.db` };
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killOnce(random, env);
    const { damage, strays, halfLists } = contentOf(env.PAPERBOY_DATABASE);
    expect({ damage, strays, halfLists }).toEqual({
      damage: [{ integrity_check: 'ok' }],
      strays: [],
      halfLists: [],
    });
  }
  const asked = program.huggingFace.requests.length;
  const weekdays = 23;
  expect((await program.run(ARGS, env)).status).toBe(0);
  expect(program.huggingFace.requests.length - asked).toBeLessThan(weekdays);
  expect((await program.run(ARGS)).status).toBe(0);
  const killed = contentOf(env.PAPERBOY_DATABASE);
  expect(killed).toEqual(contentOf(program.database));
  expect(killed['papers']).toHaveLength(weekdays * PAPERS);
}, 60_000);
