import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Learnt } from './learn.ts';
import type { PaperText } from './vocabulary.ts';

/** Learns in a thread of its own. Rejects when that fails or is stopped by the signal. */
export async function learnAside(
  texts: readonly PaperText[],
  signal?: AbortSignal,
): Promise<Learnt> {
  const worker = createWorker(texts);
  try {
    // `once` rejects when the worker emits an error.
    const [learnt] = (await once(worker, 'message', { ...(signal && { signal }) })) as [Learnt];
    return learnt;
  } finally {
    await worker.terminate();
  }
}

/** From the sources, tsx reads the worker's TypeScript: its hooks reach no thread by themselves. */
function createWorker(texts: readonly PaperText[]): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./worker.js', import.meta.url), { workerData: texts });
  }
  const path = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const script = `require('tsx/cjs'); require(${JSON.stringify(path)});`;
  return new Worker(script, { eval: true, workerData: texts });
}
