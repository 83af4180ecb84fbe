import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../thread.ts';
import type { PackedModel } from './stored.ts';
import type { PaperText } from './vocabulary.ts';

/**
 * Learns in a thread of its own, which is handed the texts piece by piece, as they come: all at once
 * would hold up everything else for longer than anybody should wait. Rejects when that fails or is
 * stopped by the signal.
 */
export async function learnAside(
  texts: AsyncIterable<readonly PaperText[]> | Iterable<readonly PaperText[]>,
  signal?: AbortSignal,
): Promise<PackedModel> {
  const worker = startThread(new URL('./worker.js', import.meta.url));
  // `once` rejects when the worker emits an error.
  const learnt = once(worker, 'message', { ...(signal && { signal }) }) as Promise<[PackedModel]>;
  const handed = handOver(worker, texts, signal);
  try {
    const [[model]] = await Promise.all([learnt, handed]);
    return model;
  } finally {
    await worker.terminate();
    // Nobody reads texts any more once this is over.
    await Promise.allSettled([handed]);
  }
}

async function handOver(
  worker: Worker,
  texts: AsyncIterable<readonly PaperText[]> | Iterable<readonly PaperText[]>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const some of texts) {
    if (signal?.aborted === true) return;
    worker.postMessage(some);
  }
  worker.postMessage('learn');
}
