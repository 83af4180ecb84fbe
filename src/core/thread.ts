import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * Starts a built module, a `.js` file, in a thread of its own. From the sources, tsx reads the
 * TypeScript in its place: its hooks reach no thread by themselves.
 */
export function startThread(module: URL, workerData?: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(module, { workerData });
  const path = fileURLToPath(module).replace(/\.js$/, '.ts');
  const script = `require('tsx/cjs'); require(${JSON.stringify(path)});`;
  return new Worker(script, { eval: true, workerData });
}
