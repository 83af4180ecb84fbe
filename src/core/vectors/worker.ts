import { parentPort } from 'node:worker_threads';
import { learn } from './learn.ts';
import { toPackedModel } from './stored.ts';
import type { PaperText } from './vocabulary.ts';

/** Runs in a thread of its own: learning takes half a minute, and nobody may wait for it. */
const texts: PaperText[] = [];
parentPort?.on('message', (some: readonly PaperText[] | 'learn') => {
  if (some !== 'learn') {
    texts.push(...some);
    return;
  }
  const model = toPackedModel(learn(texts));
  parentPort?.postMessage(model, [model.words.buffer, model.scales.buffer]);
});
