import { paragraph } from './message.ts';
import type { Reply } from './platform.ts';

/** Answers a press or a form whose value this version does not know, or that was tampered with. */
export const OUTDATED: Reply = {
  private: true,
  message: {
    summary: 'This no longer works',
    blocks: [paragraph('This button no longer works. Write /papers help for what does.')],
  },
};
