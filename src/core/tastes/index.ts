import type { Paper } from '../paper.ts';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import { learnLiking } from '../ranking/liking.ts';
import type { Kept, Taste } from '../ranking/signal.ts';
import { topicsMeaning } from '../search/archive.ts';
import type { Store } from '../store/open.ts';
import { opinionsOf, opinionsOfReader, type Opinion } from '../store/opinions.ts';
import { keysOf } from '../store/paper-keys.ts';
import type { Rows, Vectors } from '../vectors/index.ts';

/** Whose taste counts: that of a channel, or that of one reader. */
export type Whose = { readonly channel: ChannelRef } | { readonly reader: ReaderRef };

/** What papers are ranked for and by. */
export interface Wanted {
  readonly whose?: Whose | undefined;
  readonly topics: readonly string[];
  readonly papers: readonly Paper[];
}

/** What is liked, and where topics and papers point: all in the vectors of one maker. */
export interface Aim {
  /** Undefined where nothing is known of what is liked. */
  readonly taste: Taste | undefined;
  /** In the order of the topics; undefined where one says nothing. */
  readonly topics: readonly (Float32Array | undefined)[];
  /** By paper id; papers without a vector are left out. */
  readonly directions: ReadonlyMap<string, Float32Array>;
}

/** Tastes within one archive. Its methods reject with `StoreError`. */
export interface Tastes {
  /** Undefined before there are vectors. */
  aim(wanted: Wanted): Promise<Aim | undefined>;
  /** Whether a taste would be learnt: from what one reader saved and reacted to, anywhere. */
  knows(reader: ReaderRef): Promise<boolean>;
}

/** An older liking says less of today. */
const NEWEST = 100;

/** Of 100 to 3,000 others 500 do nearly as well as any, in 30 ms. */
const OTHERS = 500;

/** No channel's or reader's taste ever looks at another's. */
export function createTastes(store: Store, vectors: Vectors): Tastes {
  return {
    async aim({ whose, topics, papers }) {
      const meaning = await topicsMeaning({ store, vectors }, topics);
      if (meaning === undefined) return undefined;
      const { rows, directions } = meaning;
      const judged = whose === undefined ? [] : await judgedBy(store, whose);
      return {
        taste: toTaste(judged, rows),
        topics: directions,
        directions: await directionsOf(store, papers, rows),
      };
    },
    async knows(reader) {
      const judged = await judgedBy(store, { reader });
      const isKnown = judged.some(({ likes, dislikes }) => likes !== dislikes);
      return isKnown && (await vectors.meaning()) !== undefined;
    },
  };
}

async function judgedBy(store: Store, whose: Whose): Promise<Judged[]> {
  if ('channel' in whose) {
    const opinions = await opinionsOf(store, whose.channel, NEWEST);
    return opinions.map((opinion) => ({ ...opinion, how: 'liked here' }));
  }
  const opinions = await opinionsOfReader(store, whose.reader, NEWEST);
  return opinions.map((opinion) => ({
    ...opinion,
    how: opinion.saved > 0 ? 'saved by you' : 'liked by you',
  }));
}

async function directionsOf(
  store: Store,
  papers: readonly Paper[],
  rows: Rows,
): Promise<Map<string, Float32Array>> {
  const keys = await keysOf(
    store,
    papers.map(({ id }) => id),
  );
  return new Map(
    [...keys].flatMap(([id, key]) => {
      const direction = directionOf(rows, key);
      return direction === undefined ? [] : [[id, direction] as const];
    }),
  );
}

type Judged = Opinion & Pick<Kept, 'how'>;

function toTaste(opinions: readonly Judged[], rows: Rows): Taste | undefined {
  const judged = opinions.flatMap((opinion) => {
    const direction = directionOf(rows, opinion.key);
    return direction === undefined ? [] : [{ ...opinion, direction }];
  });
  const liked = judged.filter(({ likes, dislikes }) => likes > dislikes);
  const disliked = judged.filter(({ likes, dislikes }) => dislikes > likes);
  const known = new Set(opinions.map(({ key }) => key));
  const liking = learnLiking({
    liked: liked.map(({ direction }) => direction),
    disliked: disliked.map(({ direction }) => direction),
    others: sampleOf(rows, known),
  });
  if (liking === undefined) return undefined;
  const kept = liked.map<Kept>(({ id, title, direction, how }) => ({ id, title, direction, how }));
  return { kept, liking };
}

/** Papers spread evenly over the archive, without those that somebody reacted to. */
function sampleOf(rows: Rows, known: ReadonlySet<number>): Float32Array[] {
  const step = Math.max(1, rows.count / OTHERS);
  return Array.from({ length: Math.min(rows.count, OTHERS) }, (_, at) => Math.floor(at * step))
    .filter((row) => !known.has(rows.keyAt(row)))
    .map((row) => rows.vectorAt(row));
}

function directionOf(rows: Rows, key: number): Float32Array | undefined {
  const row = rows.rowOf(key);
  return row === undefined ? undefined : rows.vectorAt(row);
}
