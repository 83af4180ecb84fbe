export { toCandidate } from './build.ts';
export { composeDigest, type DigestContent } from './compose.ts';
export { dayNote } from './day-note.ts';
export { createDeliverer } from './deliver.ts';
export { enteredTop, lateBloomers } from './late-bloomers.ts';
export { createVoteRefresher } from './refresh-votes.ts';
export { noticeRestore } from './restore.ts';
export {
  selectDigest,
  type DigestSettings,
  type DigestWish,
  type SelectOptions,
  whoseTaste,
} from './select.ts';
export { isTroubled, sourceNote, withNote } from './source-notes.ts';
export { tellManagers } from './tell-managers.ts';
