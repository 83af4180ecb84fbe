export { toPlainText } from './plain-text.ts';
export { firstSentence } from './sentence.ts';
export { shorten } from './shorten.ts';
