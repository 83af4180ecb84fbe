import { SourceError, UserError } from '../../errors.ts';
import { toAskedId, toPaperId, toPaperIds, type Paper } from '../../paper.ts';
import type { CommandServices } from '../command.ts';
import { suggestPapers } from './suggestions.ts';
import { said } from './words.ts';

/** The `paper` argument of every command about one paper. */
export const paperArg = {
  name: 'paper',
  summary: 'an arXiv id, or a link to arXiv or Hugging Face',
  kind: 'text',
  required: true,
  rest: true,
  suggest: suggestPapers,
} as const;

/** As many as the largest digest holds. */
const PAPERS_MAX = 20;

/** The base arXiv id in what a reader wrote. Throws `UserError` when there is none. */
export function readPaperId(text: string): string {
  const id = toAskedId(text) ?? toPaperId(text.replace(/\s+/g, ''));
  if (id !== undefined) return id;
  throw new UserError(
    `${said(text)} is no arXiv id or link. Write an id like 2405.14906, or paste a link to ` +
      'arXiv or Hugging Face. To search by words, use /papers topic.',
  );
}

/**
 * The paper that a reader named by id or link. Rejects with `UserError` when it is no id, when
 * nobody knows the paper, or when a source that might know it doesn't answer.
 */
export async function findPaper(services: CommandServices, text: string): Promise<Paper> {
  const id = readPaperId(text);
  const paper = await services.find(id).catch((error: unknown) => {
    if (!(error instanceof SourceError)) throw error;
    throw new UserError(`I couldn’t look up ${id} just now. Please try again in a few minutes.`, {
      cause: error,
    });
  });
  if (paper !== undefined) return paper;
  throw new UserError(`I found no paper ${id}, here or at the sources. Please check the number.`);
}

/** The papers of several ids or links, as a message's menu hands them over. Rejects like `findPaper`. */
export async function findPapers(services: CommandServices, text: string): Promise<Paper[]> {
  const ids = toPaperIds(text);
  if (ids.length < 2) return [await findPaper(services, text)];
  return Promise.all(ids.slice(0, PAPERS_MAX).map((id) => findPaper(services, id)));
}
