import { parentPort, workerData } from 'node:worker_threads';
import { learn } from './learn.ts';
import type { PaperText } from './vocabulary.ts';

// Runs in a thread of its own: learning takes half a minute, and nobody may wait for it.
parentPort?.postMessage(learn(workerData as readonly PaperText[]));
