import type { Paper } from '../paper.ts';

/** What one place found, best first. */
export interface Finds {
  /** `archive`, or a source's name. */
  readonly from: string;
  readonly papers: readonly Paper[];
}

/** A paper with every place that found it, the first of them first. */
export interface MergedFind {
  readonly paper: Paper;
  readonly from: readonly string[];
}

/** Reciprocal-rank fusion's constant: how little a place's first find counts above its next ones. */
const K = 60;

/**
 * Merges finds by paper id: those found in several places or high up come first, by reciprocal-rank
 * fusion; among equals the earlier place wins. Several places' facts about one paper are joined, the
 * earlier place's first.
 */
export function mergeFinds(places: readonly Finds[]): MergedFind[] {
  const merged = new Map<string, { paper: Paper; from: string[]; score: number }>();
  for (const { from, papers } of places) {
    for (const [index, paper] of papers.entries()) {
      const known = merged.get(paper.id);
      if (known?.from.includes(from)) continue;
      merged.set(paper.id, {
        paper: known === undefined ? paper : joinFacts(known.paper, paper),
        from: [...(known?.from ?? []), from],
        score: (known?.score ?? 0) + 1 / (K + index + 1),
      });
    }
  }
  const sorted = [...merged.values()].sort((a, b) => b.score - a.score);
  return sorted.map(({ paper, from }) => ({ paper, from }));
}

/**
 * `kept`, with what it lacks taken from `told`. Counts are `told`'s where it has them: it was asked
 * this moment, while `kept` may be days old.
 */
export function joinFacts(kept: Paper, told: Paper): Paper {
  return {
    ...told,
    ...kept,
    abstract: kept.abstract === '' ? told.abstract : kept.abstract,
    ...longer('authors', kept, told),
    ...longer('categories', kept, told),
    ...longer('keywords', kept, told),
    ...(told.upvotes !== undefined && { upvotes: told.upvotes }),
    ...(told.comments !== undefined && { comments: told.comments }),
    ...(told.codeStars !== undefined && { codeStars: told.codeStars }),
  };
}

function longer(
  field: 'authors' | 'categories' | 'keywords',
  kept: Paper,
  told: Paper,
): Partial<Paper> {
  return { [field]: kept[field].length > 0 ? kept[field] : told[field] };
}
