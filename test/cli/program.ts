import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startArxivServer, type ArxivReplies } from '../fakes/arxiv-server.ts';
import type { TestServer } from '../fakes/faults.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { runPaperboy, type Outcome } from '../e2e/paperboy-process.ts';

/** The built program with a folder of its own, and servers in place of the network. */
export interface Program {
  readonly folder: string;
  readonly database: string;
  readonly huggingFace: HuggingFaceServer;
  readonly arxiv: TestServer;
  readonly env: Readonly<Record<string, string>>;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
  close(): Promise<void>;
}

/** `now` is the time that it takes for now. */
export async function startProgram(
  now: string,
  options: { readonly folders?: readonly string[]; readonly arxiv?: ArxivReplies } = {},
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  const database = join(folder, 'paperboy.db');
  const huggingFace = await startHuggingFaceServer({ folders: options.folders ?? [] });
  const arxiv = await startArxivServer(options.arxiv ?? {});
  const env = {
    PAPERBOY_DATABASE: database,
    PAPERBOY_HF_URL: huggingFace.url,
    PAPERBOY_ARXIV_URL: arxiv.url,
    PAPERBOY_NOW: now,
  };
  return {
    folder,
    database,
    huggingFace,
    arxiv,
    env,
    // In its own folder, where no configuration file of ours lies about.
    run: (args, more = {}) => runPaperboy(args, { ...env, ...more }, folder),
    async close() {
      await huggingFace.close();
      await arxiv.close();
      rmSync(folder, { recursive: true });
    },
  };
}
