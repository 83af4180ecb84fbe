import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';

it('paperboy digest --format discord prints the bodies in the order of sending', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  let printed = '';
  const status = await run(['digest', '--format', 'discord', '--count', '2'], {
    env: { PAPERBOY_OFFLINE: '1', PAPERBOY_DATABASE: join(folder, 'paperboy.db') },
    out: (text) => (printed += text),
    err: (text) => (printed += text),
    color: false,
    width: 80,
  });
  rmSync(folder, { recursive: true });
  const message = {
    flags: 1 << 15,
    allowed_mentions: { parse: [] },
    components: [{ type: 17 }],
    nonce: expect.stringMatching(/^[\w-]{25}$/) as string,
    enforce_nonce: true,
  };
  const thread = { name: expect.stringMatching(/^Sample papers of/) as string };
  expect([status, JSON.parse(printed)]).toMatchObject([0, [message, thread, message, message]]);
});
