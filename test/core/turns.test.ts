import { beforeEach, describe, expect, it } from 'vitest';
import { createDispatch } from '../../src/core/commands/index.ts';
import { createTurns, type Turns } from '../../src/core/turns.ts';
import { callOf, createLog, createServices, NOW, READER, textOf } from './commands/services.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';

const bo = { ...READER, user: 'bo' };

let time: ManualTime;
let turns: Turns;

beforeEach(() => {
  time = createManualTime();
  turns = createTurns(time);
});

/** When each of so many that are asked for at once gets its turn, in seconds from now; null for never. */
async function takeMany(
  count: number,
  take = () => turns.take(READER, 'command', 20),
): Promise<(number | null)[]> {
  const start = time.monotonic();
  const all = Array.from({ length: count }, async () =>
    (await take()) ? (time.monotonic() - start) / 1000 : null,
  );
  await time.pass(600_000);
  return Promise.all(all);
}

describe('a reader', () => {
  it('asks five commands at once, then one each two seconds, in order', async () => {
    expect(await takeMany(8)).toEqual([0, 0, 0, 0, 0, 2, 4, 6]);
  });

  it('waits two seconds at most who sends one after another, however many', async () => {
    const waits: number[] = [];
    for (let sent = 0; sent < 30; sent += 1) {
      const start = time.monotonic();
      const turn = turns.take(READER, 'command', 20).then(() => time.monotonic() - start);
      while (!(await isSettled(turn))) await time.pass(100);
      waits.push(await turn);
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, ...Array.from({ length: 25 }, () => 2_000)]);
  });

  it('is told when more than twenty wait, and none of those is lost', async () => {
    const given = await takeMany(27);
    expect(given.slice(0, 25)).toEqual([
      0,
      0,
      0,
      0,
      ...Array.from({ length: 21 }, (_, n) => 2 * n),
    ]);
    expect(given.slice(25)).toEqual([null, null]);
    expect(await takeMany(6)).toEqual([0, 0, 0, 0, 0, 2]);
  });

  it('has as many at once again only after a rest', async () => {
    await takeManyWithin(5, 4_000);
    expect(await takeMany(3)).toEqual([0, 0, 2]);
  });

  it('keeps sixty papers a minute beside that, and any number waits', async () => {
    const commands = Array.from({ length: 5 }, () => turns.take(READER, 'command', 20));
    await Promise.all(commands);
    expect(time.monotonic()).toBe(0);
    const given = await takeMany(100, () => turns.take(READER, 'bookmark'));
    expect(given.filter((at) => at === 0)).toHaveLength(60);
    expect(given.at(-1)).toBe(40);
  });

  it('holds up nobody else', async () => {
    const mine = Array.from({ length: 20 }, () => turns.take(READER, 'command', 20));
    const others = [bo, { ...READER, tenant: 'guest-lab' }, { ...READER, platform: 'other' }];
    for (const other of others) expect(await turns.take(other, 'command', 20)).toBe(true);
    expect(time.monotonic()).toBe(0);
    await time.pass(60_000);
    await Promise.all(mine);
  });

  it('is forgotten when quiet', async () => {
    for (let user = 0; user < 1_000; user += 1) {
      await turns.take({ ...READER, user: `${user}` }, 'command');
    }
    expect(turns.size).toBe(1_000);
    await time.pass(61_000);
    await turns.take(bo, 'command');
    expect(turns.size).toBe(1);
  });

  it('waits no longer once all are let through', async () => {
    const all = Promise.all(Array.from({ length: 30 }, () => turns.take(READER, 'bookmark')));
    const more = Promise.all(Array.from({ length: 50 }, () => turns.take(READER, 'bookmark')));
    turns.open();
    await Promise.all([all, more]);
    expect(await turns.take(READER, 'bookmark')).toBe(true);
    expect(time.monotonic()).toBe(0);
  });
});

async function isSettled(work: Promise<unknown>): Promise<boolean> {
  const later = new Promise((resolve) => setImmediate(resolve, undefined));
  return (await Promise.race([work.then(() => true), later])) === true;
}

async function takeManyWithin(count: number, ms: number): Promise<void> {
  const all = Array.from({ length: count }, () => turns.take(READER, 'command', 20));
  await time.pass(ms);
  await Promise.all(all);
}

describe('a command', () => {
  const services = createServices();
  const ask = (text: string) =>
    createDispatch({ services, clock: () => NOW, log: createLog(), turns })(callOf({ text }));

  it('beyond those that wait is answered in private, and not done', async () => {
    const all = Array.from({ length: 26 }, () => ask('today 3'));
    const last = await all.at(-1)!;
    expect(last.private).toBe(true);
    expect(textOf(last.message)).toBe(
      'That was too fast for me: 20 things that you asked for wait already, and this one is left ' +
        'out. Wait until they are answered, then ask again.',
    );
    await time.pass(60_000);
    await Promise.all(all);
    expect(services.asked.today).toHaveLength(25);
  });

  it('that keeps or drops a paper is none of the five, typed or pressed', async () => {
    const line = Array.from({ length: 30 }, () => ask('save 2608.01234'));
    await Promise.all([...line, ...Array.from({ length: 30 }, () => ask('unsave 2608.01234'))]);
    const next = Promise.all(Array.from({ length: 5 }, () => ask('today')));
    await next;
    expect(time.monotonic()).toBe(0);
  });
});
