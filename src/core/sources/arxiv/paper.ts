import { toPaperId } from '../../paper.ts';
import type { DateString, Paper } from '../../paper.ts';
import { toPlainText } from '../../text/index.ts';
import type { Entry } from './feeds.ts';

/** The source's `id`, and the `source` of its papers. */
export const ARXIV = 'arxiv';

/** A paper, or why the entry is none. */
type Outcome =
  | { readonly paper: Paper }
  | { readonly skipped: { readonly id: string; readonly reason: string } };

/** Cleans one entry. Its first date counts as the paper's, so leave it out where it is another. */
function toPaper(entry: Entry, listDate?: DateString): Outcome {
  const bare = entry.id.replace(/^oai:arXiv\.org:/i, '');
  const id = toPaperId(bare);
  if (id === undefined) return skip(entry.id === '' ? '(no id)' : entry.id, 'not an arXiv id');
  const title = toPlainText(entry.title);
  if (title === '') return skip(id, 'no title');
  const published = Date.parse(entry.published ?? '');
  const version = Number(/v(\d+)$/i.exec(bare)?.[1]);
  return {
    paper: {
      id,
      title,
      abstract: toPlainText(entry.abstract),
      authors: entry.authors.map(toPlainText).filter((name) => name !== ''),
      categories: entry.categories.filter(isCategory),
      keywords: [],
      source: ARXIV,
      ...(!Number.isNaN(published) && { publishedAt: new Date(published).toISOString() }),
      ...(version > 0 && { version }),
      ...(isWithdrawn(entry) && { withdrawn: true }),
      ...(listDate !== undefined && { listDate }),
    },
  };
}

/** Papers once each, the first of an id wins; and what was left out. */
export function toPapers(
  entries: readonly Entry[],
  listDate?: DateString,
): { papers: Paper[]; skipped: { id: string; reason: string }[] } {
  const papers = new Map<string, Paper>();
  const skipped: { id: string; reason: string }[] = [];
  for (const entry of entries) {
    const outcome = toPaper(entry, listDate);
    if ('skipped' in outcome) skipped.push(outcome.skipped);
    else if (!papers.has(outcome.paper.id)) papers.set(outcome.paper.id, outcome.paper);
  }
  return { papers: [...papers.values()], skipped };
}

function skip(id: string, reason: string): Outcome {
  return { skipped: { id, reason } };
}

/**
 * `cs.CL`, `math-ph`, `cond-mat.mes-hall`: an archive in lower case, perhaps with one class. Authors
 * may add ACM (`I.2.6`) and MSC (`68T50`) classes, which stand among the categories.
 */
export function isCategory(term: string): boolean {
  return /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]+(?:-[A-Za-z]+)?)?$/.test(term);
}

/**
 * A withdrawal is a new version that says so in its comment (older ones in the abstract) and has
 * nothing to read (https://info.arxiv.org/help/withdraw.html). The word alone proves nothing.
 */
function isWithdrawn({ comment = '', abstract, hasPdf }: Entry): boolean {
  return hasPdf === false && /\bwithdrawn\b/i.test(`${comment} ${abstract}`);
}
