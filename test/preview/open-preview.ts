import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { Inbox } from '../../src/core/platform.ts';
import { createPreview } from '../../src/preview/index.ts';
import type { Preview } from '../../src/preview/index.ts';
import type { PreviewSettings } from '../../src/preview/settings.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions } from '../fixtures/messages.ts';

/** A preview on a free port, started, that stops with the test. */
export async function openPreview(
  settings: Partial<PreviewSettings> = {},
  inbox: Inbox = createRecordingInbox(),
): Promise<Preview> {
  const clock = () => new Date('2026-08-20T07:00:00Z');
  const preview = createPreview({ port: 0, log: silentLog, clock, ...settings });
  onTestFinished(() => preview.stop());
  await preview.start(inbox, definitions);
  return preview;
}

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-preview-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
