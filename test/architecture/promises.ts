import type { Tree } from './tree.ts';

const PROMISE = '**';
const PROOF = /^- (?<file>test\/\S+\.test\.ts): (?<title>.+)$/;

/**
 * Promises of a document without a proof, and proofs that don't exist, a line each. A promise is a
 * paragraph that begins in bold, and its proofs are the list after it: a test's file and title.
 */
export function unprovenPromises(text: string, tests: Tree): string[] {
  const promised = text.split('## Not promised')[0]?.trim() ?? '';
  return promised.split(/\n\n+/).flatMap((paragraph, index, paragraphs) => {
    if (paragraph.startsWith(PROMISE)) {
      const next = paragraphs[index + 1]?.split('\n') ?? [];
      return next.every((line) => PROOF.test(line)) && next.length > 0
        ? []
        : [`No test is named for: ${paragraph.split('\n')[0] ?? ''}`];
    }
    return paragraph.split('\n').flatMap((line) => missingProof(line, tests));
  });
}

function missingProof(line: string, tests: Tree): string[] {
  const { file = '', title = '' } = PROOF.exec(line)?.groups ?? {};
  if (file === '') return [];
  const quoted = ["'", '"', '`'].some((quote) => tests.get(file)?.includes(quote + title + quote));
  return quoted ? [] : [`${file} has no test “${title}”`];
}
