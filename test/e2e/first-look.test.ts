import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { collect, eventually, startPaperboy } from './paperboy-process.ts';

/** Nobody listens there: TCP's port 1 needs a superuser to be opened. */
const NOBODY = 'http://127.0.0.1:1';

it('without a network shows the sample, says why, where the page is and how to stop', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  const config = join(folder, 'paperboy.yaml');
  writeFileSync(config, 'preview: { port: 0 }\n');
  const child = startPaperboy(['start'], {
    PAPERBOY_CONFIG: config,
    PAPERBOY_DATABASE: join(folder, 'paperboy.db'),
    PAPERBOY_HF_URL: NOBODY,
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  const output = collect(child);
  const url = await eventually(
    () =>
      /^Paperboy is running: the local page (http\S+) \(Ctrl-C stops it\)$/m.exec(
        output().stderr,
      )?.[1],
    15_000,
    () => output().stderr,
  );
  expect(output().stderr).toContain('No papers could be had. Hugging Face Daily Papers');
  expect(output().stderr).not.toContain('"level"');
  expect(output().stdout).toContain('Sample papers of');
  expect(output().stdout).not.toContain('below');
  const page = await (await fetch(url)).text();
  expect(page).toContain('Sample papers of');

  child.kill('SIGINT');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
});
