import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importCorpus } from '../../../src/core/archive/index.ts';
import { UserError } from '../../../src/core/errors.ts';
import {
  countPapers,
  findPaper,
  papersOfLists,
  savePapers,
} from '../../../src/core/store/papers.ts';
import { listsOf } from '../../../src/core/store/sources.ts';
import { aPaper } from '../store-fixtures.ts';
import { startSetting, type Setting } from './setting.ts';

const NOW = '2026-08-21T09:00:00.000Z';

let setting: Setting;
let folder: string;
beforeEach(async () => {
  setting = await startSetting(NOW);
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
});
afterEach(async () => {
  await setting.close();
  rmSync(folder, { recursive: true });
});

function line(fields: object = {}): string {
  return JSON.stringify({
    id: '2603.00001',
    title: 'Lanterns in $O(n^2)$',
    summary: 'We light a lantern.',
    publishedAt: '2026-03-09T00:00:00.000Z',
    dailyDate: '2026-03-10',
    upvotes: 42,
    numComments: 3,
    authors: ['Ada Lampwick', 'Bo Wick'],
    thumbnail: null,
    githubRepo: 'https://github.com/lamps/lantern',
    githubStars: 8,
    projectPage: null,
    ai_summary: null,
    ai_keywords: ['lanterns'],
    organization: 'Lamp Lab',
    ...fields,
  });
}

function write(content: string | Buffer, name = 'corpus.jsonl'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const run = (path: string, now = NOW) => importCorpus(setting.store, path, { now });

describe('a corpus file', () => {
  it.each([
    ['plain', (text: string) => write(text)],
    ['gzipped', (text: string) => write(gzipSync(text), 'corpus.jsonl.gz')],
    ['gzipped under another name', (text: string) => write(gzipSync(text), 'corpus.txt')],
    [
      'gzipped in parts',
      (text: string) =>
        write(Buffer.concat(text.split(/(?<=\n)/).map((part) => gzipSync(part))), 'c.gz'),
    ],
  ])('%s becomes papers, votes and lists', async (_, make) => {
    const path = make(`${line()}\n\n${line({ id: '2603.00002', upvotes: null })}\r\n`);
    expect(await run(path)).toEqual({ papers: 2 });
    expect(await findPaper(setting.store, '2603.00001')).toMatchObject({
      title: 'Lanterns in O(n²)',
      authors: ['Ada Lampwick', 'Bo Wick'],
      organization: 'Lamp Lab',
      keywords: ['lanterns'],
      codeUrl: 'https://github.com/lamps/lantern',
      upvotes: 42,
      listDate: '2026-03-10',
      source: 'hugging-face',
    });
    expect(await papersOfLists(setting.store, ['2026-03-10'])).toHaveLength(2);
    expect(await listsOf(setting.store, 'hugging-face', '2026-03-10', '2026-03-10')).toMatchObject([
      { paperCount: 2 },
    ]);
  });

  it('counts as settled: its lists are never asked for again', async () => {
    await run(write(`${line()}\n`));
    expect(await setting.archive.ensure('2026-03-10')).toMatchObject([{ kind: 'complete' }]);
    await setting.archive.fetchRange('2026-03-10', '2026-03-10', () => undefined);
    expect(setting.asked()).toEqual([]);
  });

  it('may hold a paper of a weekend, which then has a list', async () => {
    await run(write(`${line({ dailyDate: '2026-03-14' })}\n`));
    expect(await setting.archive.ensure('2026-03-14')).toMatchObject([
      { kind: 'complete', papers: 1 },
    ]);
  });

  it('of this week leaves its lists to be read again', async () => {
    await run(write(`${line({ dailyDate: '2026-08-20' })}\n`));
    setting.setTime('2026-08-22T09:00:00Z');
    await setting.archive.ensure('2026-08-20');
    expect(setting.asked()).toEqual(['2026-08-20']);
  });

  it('never overwrites what was fetched later', async () => {
    const later = aPaper({
      id: '2603.00001',
      title: 'A newer title',
      upvotes: 99,
      listDate: '2026-03-10',
    });
    await savePapers(setting.store, [later], '2026-08-01T00:00:00.000Z');
    await run(write(`${line()}\n`));
    expect(await findPaper(setting.store, '2603.00001')).toMatchObject({
      title: 'A newer title',
      upvotes: 99,
      organization: 'Lamp Lab',
    });
  });

  it('changes nothing the second time', async () => {
    const path = write(
      `${line()}\n${line({ id: '2603.00002' })}\n${line({ dailyDate: '2026-03-16' })}\n`,
    );
    const dump = async () => [
      await setting.store.selectFrom('papers').selectAll().execute(),
      await setting.store.selectFrom('listings').selectAll().execute(),
      await setting.store.selectFrom('vote_readings').selectAll().execute(),
    ];
    expect(await run(path)).toEqual({ papers: 2 });
    const before = await dump();
    expect(await run(path)).toEqual({ papers: 2 });
    expect(await dump()).toEqual(before);
  });

  it('tells of its progress every thousand papers', async () => {
    const lines = Array.from({ length: 2500 }, (_, n) =>
      line({ id: `2603.${String(n).padStart(5, '0')}` }),
    );
    const told: number[] = [];
    await importCorpus(setting.store, write(lines.join('\n')), {
      now: NOW,
      onProgress: (n) => told.push(n),
    });
    expect(told).toHaveLength(2);
    expect(await countPapers(setting.store)).toBe(2500);
  });
});

describe('a corpus file that can’t be read changes nothing, and is told of in one line', () => {
  const good = `${line()}\n`;
  const many = Array.from({ length: 400 }, (_, n) =>
    line({ id: `2603.${String(n).padStart(5, '0')}` }),
  ).join('\n');

  it.each([
    [
      'with a broken line',
      `${many}\n{"id": 12\n${good}`,
      ', line 401: it is not JSON. Nothing was imported.',
    ],
    ['with a line without an id', `${good}{"title":"x"}\n`, ', line 2: id: Invalid input'],
    [
      'with an id that is none',
      `${good}${line({ id: 'cat' })}\n`,
      ', line 2: id: is not an arXiv id.',
    ],
    [
      'with a date that is none',
      `${good}${line({ dailyDate: '2026-02-30' })}\n`,
      ', line 2: dailyDate: Invalid ISO date.',
    ],
    [
      'with an invisible title',
      `${good}${line({ title: '\u200b' })}\n`,
      ', line 2: title: holds no readable character.',
    ],
    [
      'with text for votes',
      `${good}${line({ upvotes: 'many' })}\n`,
      ', line 2: upvotes: Invalid input',
    ],
    ['with a list for a line', `${good}[1,2]\n`, ', line 2: it: Invalid input'],
    [
      'that is not UTF-8',
      Buffer.from([...Buffer.from(good), 0xff, 0xfe, 0x0a]),
      ', line 2: it is not UTF-8 text.',
    ],
    [
      'with an endless line',
      `${good}${'x'.repeat(1_000_001)}`,
      ', line 2: it is longer than 1000000 bytes.',
    ],
    ['that is empty', '', ': it holds no papers. Nothing was imported.'],
    ['of empty lines', '\n\n  \n', ': it holds no papers.'],
    [
      'cut off',
      gzipSync(many).subarray(0, -20),
      ': its gzip data is cut off. Download or copy it again.',
    ],
    ['cut off in its header', gzipSync(many).subarray(0, 5), ': its gzip data is cut off.'],
    [
      'damaged',
      Buffer.concat([gzipSync(many).subarray(0, 200), Buffer.alloc(300, 0x55)]),
      ': its gzip data is damaged.',
    ],
  ])('%s', async (_, content, said) => {
    await savePapers(setting.store, [aPaper({ id: '2603.99999' })], NOW);
    const path = write(content);
    const failure: unknown = await run(path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).message.startsWith(`${path}${said}`)).toBe(true);
    expect((failure as UserError).message).not.toContain('\n');
    expect(await countPapers(setting.store)).toBe(1);
    expect(await listsOf(setting.store, 'hugging-face', '2023-01-01', '2030-01-01')).toEqual([]);
  });

  it('that is not there, or a folder', async () => {
    await expect(run(join(folder, 'none.jsonl'))).rejects.toThrow(
      ': there is no such file. Nothing was imported.',
    );
    await expect(run(folder)).rejects.toThrow(': it is a folder, not a file.');
  });

  it('cut off anywhere', async () => {
    const whole = gzipSync(many);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await expect(run(write(whole.subarray(0, length)))).rejects.toThrow(UserError);
        expect(await countPapers(setting.store)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });
});
