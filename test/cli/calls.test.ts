import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putCircuit } from '../../src/core/store/circuits.ts';
import { writeDigest } from '../../src/core/store/digests.ts';
import { closeStore, openStore } from '../../src/core/store/open.ts';
import { countPapers, savePapers } from '../../src/core/store/papers.ts';
import { putSubscription } from '../../src/core/store/subscriptions.ts';
import { aPaper } from '../core/store-fixtures.ts';
import { dailyItems } from '../core/archive/setting.ts';
import { createSubscription } from '../core/commands/services.ts';
import { atomEntry, atomPage } from '../fakes/arxiv-server.ts';
import { startEmbeddingServer } from '../fakes/embedding-server.ts';
import { startProgram, type Program } from './program.ts';

const FRIDAY = '2026-08-21T12:00:00Z';

let program: Program;
beforeEach(async () => {
  program = await startProgram(FRIDAY, {
    arxiv: {
      api: (query) =>
        query.get('search_query')?.includes('submittedDate') === true
          ? atomPage([atomEntry('2608.77001', 'Wicks and Words', '2026-08-19T15:00:00Z')])
          : undefined,
    },
  });
  for (const day of ['2026-08-19', '2026-08-20'])
    program.huggingFace.lists.set(day, dailyItems(day, 7));
});
afterEach(() => program.close());

interface DigestJson {
  readonly dates: readonly string[];
  readonly total: number;
  readonly note?: string;
  readonly papers: readonly { readonly id: string; readonly rank: number; readonly why?: string }[];
}

describe('paperboy digest', () => {
  it('fetches the newest closed list, and prints it', async () => {
    const { status, stdout, stderr } = await program.run(['digest']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Papers of Thursday 20 August 2026');
    expect(stdout).toMatch(/^1\. Lantern 1 of 2026-08-20\n {3}Ada Lampwick\n {3}▲ 7\n/m);
    expect(stdout).toContain('https://huggingface.co/papers/2608.20001');
    expect(stdout).toContain('5 of 7 papers');
  });

  it('prints JSON with ranks, reasons and the messages, as many as asked for', async () => {
    const args = ['digest', '--date', '2026-08-19', '--format', 'json', '--count', '3'];
    const { stdout } = await program.run([...args, '--topics', '"lantern 4", agents']);
    const digest = JSON.parse(stdout) as DigestJson;
    expect(digest).toMatchObject({ dates: ['2026-08-19'], total: 7 });
    expect(digest.papers.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    expect(digest.papers[0]).toMatchObject({ id: '2608.19004', why: 'matches lantern 4 (title)' });
  });

  it('asks the network only once', async () => {
    await program.run(['digest']);
    await program.run(['digest']);
    expect(program.huggingFace.requests).toHaveLength(1);
  });

  it('says why a day is empty, and what comes next', async () => {
    const { status, stdout } = await program.run(['digest', '--date', '2026-08-16']);
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'has no list on Sunday 16 August 2026: a weekend. The next list is that of Monday 17 August 2026.',
    );
  });

  it('prints what the archive has when the source fails, and says so', async () => {
    await program.run(['fetch', '--from', '2026-08-20'], { PAPERBOY_NOW: '2026-08-20T12:00:00Z' });
    program.huggingFace.fail({ kind: 'html' });
    const { status, stdout } = await program.run(['digest']);
    expect(status).toBe(0);
    expect(stdout).toContain('Lantern 1 of 2026-08-20');
    expect(stdout.replace(/\s+/g, ' ')).toContain('could not be read: 127.0.0.1');
  });

  it('mixes Hugging Face and arXiv where categories are set, and names us to both', async () => {
    const config = join(program.folder, 'paperboy.yaml');
    writeFileSync(
      config,
      'contact: ada@lab.example\nsources:\n  arxiv:\n    categories: [cs.CL]\n',
    );
    const env = { PAPERBOY_CONFIG: config, HF_TOKEN: 'hf_notarealtoken' };
    const { stdout } = await program.run(['digest', '--count', '20', '--format', 'json'], env);
    const digest = JSON.parse(stdout) as DigestJson;
    expect(digest.papers.map(({ id }) => id)).toContain('2608.77001');
    expect(digest.total).toBe(8);
    const headers = (server: typeof program.arxiv) => server.requests[0]?.headers ?? {};
    const agent = expect.stringMatching(/^paperboy\/\d+\.\d+\.\d+ \(ada@lab\.example\)$/) as string;
    expect(headers(program.huggingFace)).toMatchObject({
      'user-agent': agent,
      authorization: 'Bearer hf_notarealtoken',
    });
    expect(headers(program.arxiv)).toMatchObject({ 'user-agent': agent });
    expect(headers(program.arxiv)).not.toHaveProperty('authorization');
  });

  it('never sends the token where a redirect points', async () => {
    program.huggingFace.fail({ kind: 'redirect', location: `${program.arxiv.url}/api/query` });
    const { stdout } = await program.run(['digest'], { HF_TOKEN: 'hf_notarealtoken' });
    expect(stdout.replace(/\s+/g, ' ')).toContain('is not followed');
    expect(program.arxiv.requests).toEqual([]);
    expect(stdout).not.toContain('hf_notarealtoken');
  });

  it('offline is the sample, in a database of its own', async () => {
    const { status, stdout } = await program.run(['digest'], { PAPERBOY_OFFLINE: '1' });
    expect(status).toBe(0);
    expect(stdout).toContain('Sample papers');
    expect(stdout).toContain('sample votes');
    expect(program.huggingFace.requests).toEqual([]);
    expect((await program.run(['status'])).stdout).toContain('The archive holds 0 papers.');
  });
});

describe('paperboy fetch', () => {
  it('fills the archive with progress on stderr, and leaves alone what is whole', async () => {
    const args = ['fetch', '--from', '2026-08-19', '--to', '2026-08-20'];
    expect(await program.run(args)).toEqual({
      status: 0,
      stdout: '',
      stderr: '[1/2] 2026-08-20 hugging-face: 7 papers\n[2/2] 2026-08-19 hugging-face: 7 papers\n',
    });
    expect((await program.run(args)).stderr).toBe(
      '[1/2] 2026-08-20 hugging-face: 7 papers, already here\n' +
        '[2/2] 2026-08-19 hugging-face: 7 papers, already here\n',
    );
    expect(program.huggingFace.requests).toHaveLength(2);
  });

  it('names what it left out, and days without a list', async () => {
    program.huggingFace.lists.set('2026-08-21', [{ paper: { id: 'cat' } }]);
    const { stderr } = await program.run(['fetch', '--from', '2026-08-21', '--to', '2026-08-22'], {
      PAPERBOY_NOW: '2026-08-22T12:00:00Z',
    });
    expect(stderr).toMatch(
      /^\[1\/2\] 2026-08-22 hugging-face: no list that day\n\[2\/2\] 2026-08-21 hugging-face: 0 papers, 1 skipped: cat \(paper\..*\)\n$/,
    );
  });

  it('fails for the lists that failed, with what to do, and mends them the next time', async () => {
    program.huggingFace.fail({ kind: 'html' });
    const args = ['fetch', '--from', '2026-08-19', '--to', '2026-08-20'];
    const { status, stderr } = await program.run(args);
    expect(status).toBe(1);
    expect(stderr).toContain('2026-08-20 hugging-face: failed: 127.0.0.1');
    expect(stderr).toContain('1 list could not be fetched. Run the same command again');
    expect((await program.run(args)).status).toBe(0);
    expect((await program.run(['status'])).stdout).toContain('The archive holds 14 papers.');
  });

  it('takes a first day alone, even one whose list is still open', async () => {
    program.huggingFace.lists.set('2026-08-21', dailyItems('2026-08-21', 1));
    const { stderr } = await program.run(['fetch', '--from', '2026-08-21']);
    expect(stderr).toBe('[1/1] 2026-08-21 hugging-face: 1 paper\n');
  });
});

describe('paperboy search', () => {
  it('prints what the archive and Hugging Face find, merged, and where from', async () => {
    await program.run(['fetch', '--from', '2026-08-19', '--to', '2026-08-19']);
    const { stdout } = await program.run([
      'search',
      'lantern',
      '--count',
      '20',
      '--format',
      'json',
    ]);
    const answer = JSON.parse(stdout) as { hits: { paper: { id: string }; from: string[] }[] };
    const from = new Map(answer.hits.map((hit) => [hit.paper.id, hit.from]));
    expect(from.size).toBe(14);
    expect(from.get('2608.19001')).toEqual(['archive', 'Hugging Face Daily Papers']);
    expect(from.get('2608.20001')).toEqual(['Hugging Face Daily Papers']);
    const text = (await program.run(['search', 'lantern 1'])).stdout;
    expect(text).toContain('from the archive and Hugging Face Daily Papers');
  });

  it('leaves a note for a source that fails', async () => {
    await program.run(['fetch']);
    program.huggingFace.fail({ kind: 'truncated' });
    const { status, stdout } = await program.run(['search', 'lantern']);
    expect(status).toBe(0);
    expect(stdout).toContain('Lantern');
    expect(stdout.replace(/\s+/g, ' ')).toContain('its finds are missing here.');
  });

  it('takes any query for what it is, and shows no mark that turns the text', async () => {
    const query = '\u202e" OR NEAR( * ^ title: %_\\ \'; DROP TABLE papers; --';
    const { status, stdout } = await program.run(['search', query]);
    expect(status).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('Nothing close to that');
    expect(stdout).not.toContain('\u202e');
  });
});

describe('paperboy import', () => {
  const corpus = ['2603.00001', '2603.00002']
    .map((id) =>
      JSON.stringify({
        id,
        title: `Lantern ${id}`,
        summary: 'Bright.',
        dailyDate: '2026-03-10',
        upvotes: 3,
      }),
    )
    .join('\n');

  it('fills the archive from a file, gzipped or not, and its digest needs no network', async () => {
    writeFileSync(join(program.folder, 'corpus.jsonl.gz'), gzipSync(corpus));
    expect(await program.run(['import', 'corpus.jsonl.gz'])).toEqual({
      status: 0,
      stdout: '2 papers imported from corpus.jsonl.gz.\n',
      stderr: '',
    });
    const { stdout } = await program.run(['digest', '--date', '2026-03-10', '--format', 'json']);
    expect((JSON.parse(stdout) as DigestJson).note).toBeUndefined();
    expect((JSON.parse(stdout) as DigestJson).papers).toHaveLength(2);
    expect(program.huggingFace.requests).toEqual([]);
  });
});

describe('paperboy status', () => {
  it('shows each source’s state and the size of the archive', async () => {
    expect((await program.run(['status'])).stdout).toMatch(
      /^Hugging Face Daily Papers: waiting\. Nothing has been fetched from it yet\./,
    );
    await program.run(['fetch']);
    const { stdout } = await program.run(['status']);
    expect(stdout).toBe(
      'Hugging Face Daily Papers: fresh. The list of Thursday 20 August is complete (7\npapers). ' +
        'The next one is due Saturday 01:30 UTC.\n\nThe archive holds 7 papers. ' +
        'Search goes by words alone until the archive holds\n200 papers to learn from.\n\n' +
        '0 channels get digests.\n',
    );
    const report = JSON.parse((await program.run(['status', '--json'])).stdout) as object;
    expect(report).toMatchObject({
      sources: [{ source: 'hugging-face', kind: 'fresh' }],
      paperCount: 7,
      meaning: { ok: true },
      channels: 0,
      deliveries: [],
      problems: [],
    });
  });

  it('shows the next digest, the last ones, and what needs a person', async () => {
    const store = openStore(program.database);
    const channel = { platform: 'test', tenant: 'lab', channel: 'papers' };
    const nextDue = new Date('2026-08-22T09:00:00Z');
    const at = '2026-08-21T09:00:00.000Z';
    await putSubscription(store, createSubscription({ channel, nextDue }), at);
    const pages = [{ message: { summary: '', blocks: [] }, papers: [], inThread: false }];
    const plan = { channel, localDate: '2026-08-21', listDate: undefined, pages };
    await writeDigest(store, { ...plan, held: 'A backup was restored.' }, at);
    const circuit = { reason: 'Grant Send Messages.', openedAt: at, failures: 1, probeAt: at };
    await putCircuit(store, channel, circuit);
    await closeStore(store);
    const { stdout } = await program.run(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      channels: 1,
      next: { channel, due: nextDue.toISOString() },
      deliveries: [{ channel, localDate: '2026-08-21', sent: 0, planned: 1, held: 1 }],
      problems: [
        { channel, kind: 'held', detail: expect.stringMatching(/^A backup.*post held/) as string },
        { channel, kind: 'refused', detail: 'Grant Send Messages.', nextTry: at },
      ],
    });
    const words = (await program.run(['status'])).stdout.replace(/\s+/g, ' ');
    expect(words).toMatch(/1 channel gets digests; the next digest comes Saturday 22 August/);
    expect(words).toContain(
      'What needs a person: • test lab/papers: A backup was restored. Look in',
    );
    expect(words).toContain('• test lab/papers: Grant Send Messages.');
  });

  it('shows what waits for a service without a token', async () => {
    const store = openStore(program.database);
    const channel = { platform: 'test', tenant: 'lab', channel: 'papers' };
    const pages = [{ message: { summary: '', blocks: [] }, papers: [], inThread: false }];
    const plan = { channel, localDate: '2026-08-21', listDate: undefined, pages };
    await writeDigest(store, plan, '2026-08-21T09:00:00.000Z');
    await closeStore(store);
    const { stdout } = await program.run(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ channel, kind: 'unconfigured' }] });
    expect((await program.run(['status'])).stdout).toContain(
      '• test lab/papers: test is not configured',
    );
  });

  it('shows what a source left out, and why it failed', async () => {
    program.huggingFace.lists.set('2026-08-20', [
      { paper: { id: 'cat' } },
      ...dailyItems('2026-08-20', 1),
    ]);
    await program.run(['fetch']);
    const { stdout } = await program.run(['status']);
    expect(stdout).toMatch(/^• left out cat: paper\./m);
    expect(stdout).toContain('The archive holds 1 paper.');
    program.huggingFace.fail({ kind: 'html' });
    const later = { PAPERBOY_NOW: '2026-08-22T12:00:00Z' };
    await program.run(['fetch', '--from', '2026-08-21'], later);
    expect((await program.run(['status'], later)).stdout).toContain(
      'Daily Papers: failed. The last attempt',
    );
  });
});

describe('paperboy backup', () => {
  it('copies the database while a bot uses it, to one whole file', async () => {
    const store = openStore(program.database);
    await savePapers(store, [aPaper({ id: '2608.00001' })], '2026-08-20T08:00:00.000Z');
    const file = join(program.folder, 'copy.db');
    const done = await program.run(['backup', file]);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(done.stdout).toMatch(/^Backed up .*paperboy\.db to .*copy\.db \(\d+\.\d MB\)\.\n$/);
    await closeStore(store);
    const copies = readdirSync(program.folder).filter((name) => name.startsWith('copy'));
    expect(copies).toEqual(['copy.db']);
    const copy = openStore(file);
    expect(await countPapers(copy)).toBe(1);
    await closeStore(copy);
  });

  it('overwrites nothing, and says what it misses', async () => {
    const { database, folder } = program;
    expect((await program.run(['backup'])).status).toBe(2);
    const none = await program.run(['backup', join(folder, 'copy.db')]);
    expect(none).toMatchObject({
      status: 1,
      stderr: `There is no database at ${database} to back up.\n`,
    });
    await closeStore(openStore(database));
    const same = await program.run(['backup', database]);
    expect([same.status, same.stderr]).toEqual([1, expect.stringContaining('exists already')]);
    const nowhere = await program.run(['backup', join(folder, 'none', 'copy.db')]);
    expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringContaining('can’t')]);
  });
});

describe('paperboy doctor', () => {
  it('asks the embedding endpoint, and says what to do where it fails', async () => {
    const server = await startEmbeddingServer();
    server.key = 'sk-right';
    const file = join(program.folder, 'lab.yaml');
    writeFileSync(file, `embeddings: { url: ${server.url}/v1, model: small }\n`);
    const examine = async (key: string) => {
      const env = { PAPERBOY_CONFIG: file, PAPERBOY_EMBEDDINGS_KEY: key };
      const { stdout, stderr } = await program.run(['doctor'], env);
      expect(stdout + stderr).not.toContain(key);
      return stdout;
    };
    expect(await examine('sk-wrong')).toMatch(
      /^PROBLEM +Search by meaning: small at 127\.0\.0\.1:\d+ fails: .+ answered 401\. Check PAPERBOY_EMB/m,
    );
    expect(await examine('sk-right')).toMatch(
      /^ok +Search by meaning: small at 127\.0\.0\.1:\d+ has given no vectors yet; the running bot/m,
    );
    await server.close();
  });
});

describe('a database', () => {
  it('is whole and folded into one file after each call', async () => {
    await program.run(['fetch']);
    const database = new SQLite(program.database, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  });
});
