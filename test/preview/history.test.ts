import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DeliveryError } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { silentLog } from '../../src/core/log.ts';
import { createFeed } from '../../src/preview/feed.ts';
import { openHistory } from '../../src/preview/history.ts';
import type { History } from '../../src/preview/history.ts';
import { previewChannel } from '../../src/preview/index.ts';
import type { HistoryRecord } from '../../src/preview/records.ts';
import { digestMessage, lineMessage } from '../fixtures/messages.ts';
import { openPreview, temporaryFolder } from './open-preview.ts';
import { messagesOf, send } from './page.ts';

function createWarnings(): { log: Log; warnings: string[] } {
  const warnings: string[] = [];
  const warn = (fields: object, message: string) => {
    warnings.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { log: { ...silentLog, warn }, warnings };
}

/** Of util-linux, so on nearly every Linux and nowhere else. */
const PRLIMIT = 'prlimit';

/** How large a file this process may write: the kernel cuts a longer write short, as a full disk. */
function limitFileSize(bytes: string): void {
  execFileSync(PRLIMIT, [`--pid=${process.pid}`, `--fsize=${bytes}:`]);
}

const canLimit = spawnSync(PRLIMIT, ['--version']).status === 0;

/** A history that is closed with the test, if not before. */
async function open(path: string, log = silentLog, maxMessages?: number): Promise<History> {
  const history = await openHistory(path, log, maxMessages);
  onTestFinished(() => history.close());
  return history;
}

const posted = (id: string, thread?: string): HistoryRecord => ({
  type: 'posted',
  id,
  key: `key-${id}`,
  ...(thread === undefined ? {} : { thread }),
  at: '2026-08-20T07:00:00.000Z',
  message: lineMessage(id),
});

describe('After a restart', () => {
  it('the page shows the same messages, threads, changes and reactions', async () => {
    const historyPath = join(await temporaryFolder(), 'deep', 'preview.jsonl');
    const first = await openPreview({ historyPath });
    const root = await first.post(previewChannel, lineMessage('before'), { key: 'a' });
    await first.post(previewChannel, digestMessage, { key: 'b', thread: root });
    await first.update(root, lineMessage('after'));
    for (const added of [true, false, true]) {
      await send(first, '/api/react', { message: root.message, emoji: '🔖', added });
    }
    const before = await messagesOf(first);
    expect(before).toMatchObject([
      { message: lineMessage('after'), reactions: ['🔖'], replies: [{ message: digestMessage }] },
    ]);
    await first.stop();
    expect(await messagesOf(await openPreview({ historyPath }))).toEqual(before);
  });

  it('a message that was posted before is not posted again', async () => {
    const historyPath = join(await temporaryFolder(), 'preview.jsonl');
    const first = await openPreview({ historyPath });
    const ref = await first.post(previewChannel, lineMessage('once'), { key: 'a' });
    await first.stop();
    const second = await openPreview({ historyPath });
    expect(await second.post(previewChannel, lineMessage('once'), { key: 'a' })).toEqual(ref);
    expect(await messagesOf(second)).toHaveLength(1);
  });

  it('without a file the page begins empty', async () => {
    const first = await openPreview();
    await first.post(previewChannel, lineMessage('gone'), { key: 'a' });
    await first.stop();
    expect(await messagesOf(await openPreview())).toEqual([]);
  });
});

describe('The history file', () => {
  it('holds a message before its post resolves', async () => {
    const historyPath = join(await temporaryFolder(), 'preview.jsonl');
    const preview = await openPreview({ historyPath });
    const { message } = await preview.post(previewChannel, lineMessage('safe'), { key: 'a' });
    expect(await readFile(historyPath, 'utf8')).toContain(message);
  });

  it('loses at most a torn last line, says so, and takes new records', async () => {
    const path = join(await temporaryFolder(), 'preview.jsonl');
    const whole = JSON.stringify(posted('1'));
    await writeFile(path, `${whole}\n${whole.slice(0, 40)}`);
    const { log, warnings } = createWarnings();
    const history = await open(path, log);
    expect(warnings).toEqual([expect.stringContaining('"line":2')]);
    await history.append(posted('2'));
    await history.close();
    const { feed } = await open(path);
    expect(feed.threads().map(({ root }) => root.id)).toEqual(['2', '1']);
  });

  it('takes new records after a last line that lacks only its newline', async () => {
    const path = join(await temporaryFolder(), 'preview.jsonl');
    await writeFile(path, JSON.stringify(posted('1')));
    const history = await open(path);
    await history.append(posted('2'));
    await history.close();
    const { feed } = await open(path);
    expect(feed.threads()).toHaveLength(2);
  });

  it('keeps a copy before it leaves out lines that no crash explains', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'preview.jsonl');
    const content = `not JSON\n{"type":"future"}\n${JSON.stringify(posted('1'))}\n`;
    await writeFile(path, content);
    const { log, warnings } = createWarnings();
    const { feed } = await open(path, log);
    expect(feed.threads()).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('"lines":[1,2]')]);
    expect(await readFile(`${path}.damaged`, 'utf8')).toBe(content);
    expect((await readdir(folder)).sort()).toEqual(['preview.jsonl', 'preview.jsonl.damaged']);
  });

  it('keeps only the newest whole threads when it is opened', async () => {
    const path = join(await temporaryFolder(), 'preview.jsonl');
    const records = [posted('old'), posted('1'), posted('2'), posted('old-reply', 'old')];
    await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const { feed } = await open(path, silentLog, 3);
    expect(feed.threads().map(({ root }) => root.id)).toEqual(['2', '1']);
    expect(await readFile(path, 'utf8')).not.toContain('old');
  });

  it('shrinks to what is shown, and is left alone when it can’t shrink', async () => {
    const path = join(await temporaryFolder(), 'preview.jsonl');
    const on: HistoryRecord = { type: 'reaction', id: '1', emoji: '🔖', added: true };
    const records = [posted('1'), on, { ...on, added: false }, on];
    await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    await (await open(path)).close();
    const short = await readFile(path, 'utf8');
    expect(short.trim().split('\n')).toHaveLength(2);
    const { ino } = await stat(path);
    await (await open(path)).close();
    // A rewrite would have put another file in its place.
    expect((await stat(path)).ino).toBe(ino);
  });

  it.skipIf(!canLimit)(
    'rejects a post that the disk had no room for, shows nothing, and goes on (needs prlimit)',
    async () => {
      const historyPath = join(await temporaryFolder(), 'preview.jsonl');
      const preview = await openPreview({ historyPath });
      await preview.post(previewChannel, lineMessage('first'), { key: 'a' });
      const { size } = await stat(historyPath);
      const post = () => preview.post(previewChannel, lineMessage('second'), { key: 'b' });
      limitFileSize(String(size + 20));
      const refused: unknown = await post().catch((error: unknown) => error);
      limitFileSize('unlimited');
      expect(refused).toBeInstanceOf(DeliveryError);
      expect(refused).toMatchObject({ kind: 'unavailable' });
      expect((await stat(historyPath)).size).toBe(size);
      expect(await messagesOf(preview)).toHaveLength(1);
      await post();
      expect(await messagesOf(preview)).toHaveLength(2);
    },
  );

  it('gives a repeated key to the later message, since the first write was reported as failed', () => {
    const again = { ...posted('2'), key: 'key-1' };
    const feed = createFeed([posted('1'), again]);
    expect(feed.threads().map(({ root }) => root.id)).toEqual(['2']);
    expect(feed.findKey('key-1')?.id).toBe('2');
  });

  it('ignores records about messages that it does not know', async () => {
    const path = join(await temporaryFolder(), 'preview.jsonl');
    await writeFile(path, `${JSON.stringify(posted('1'))}\n`);
    await appendFile(path, '{"type":"reaction","id":"9","emoji":"🔖","added":true}\n');
    const { feed } = await open(path, silentLog);
    expect(feed.threads()).toHaveLength(1);
  });
});
