import type { Paper } from '../paper.ts';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import { learnLiking } from '../ranking/liking.ts';
import type { Kept, Taste } from '../ranking/signal.ts';
import { topicDirection } from '../search/archive.ts';
import type { Store } from '../store/open.ts';
import { opinionsOf, opinionsOfReader, type Opinion } from '../store/opinions.ts';
import { keysOf } from '../store/papers.ts';
import type { Rows, Vectors } from '../vectors/index.ts';

/** What a channel or a reader likes, and where papers and topics point. Its methods reject with `StoreError`. */
export interface Tastes {
  /** Learnt from the reactions to what was posted there; undefined before there are any. */
  of(channel: ChannelRef): Promise<Taste | undefined>;
  /** Learnt from what one reader saved and reacted to, anywhere; undefined before there is any. */
  ofReader(reader: ReaderRef): Promise<Taste | undefined>;
  /** By paper id; papers without a vector are left out. */
  directions(papers: readonly Paper[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** In the order of the topics; undefined where no word of one is known. */
  topics(topics: readonly string[]): Promise<readonly (Float32Array | undefined)[]>;
}

/** An older liking says less of today. */
const NEWEST = 100;

/** Of 100 to 3,000 others 500 do nearly as well as any, in 30 ms. */
const OTHERS = 500;

/** Tastes within one archive. No channel's or reader's ever looks at another's. */
export function createTastes(store: Store, vectors: Vectors): Tastes {
  return {
    async of(channel) {
      const learning = await vectors.current();
      if (learning === undefined) return undefined;
      const opinions = await opinionsOf(store, channel, NEWEST);
      const judged = opinions.map((opinion) => ({ ...opinion, how: 'liked here' }));
      return toTaste(judged, learning.rows);
    },
    async ofReader(reader) {
      const learning = await vectors.current();
      if (learning === undefined) return undefined;
      const opinions = await opinionsOfReader(store, reader, NEWEST);
      const judged = opinions.map((opinion) => ({
        ...opinion,
        how: opinion.saved > 0 ? 'saved by you' : 'liked by you',
      }));
      return toTaste(judged, learning.rows);
    },
    async directions(papers) {
      const learning = await vectors.current();
      if (learning === undefined) return new Map();
      const keys = await keysOf(
        store,
        papers.map(({ id }) => id),
      );
      return new Map(
        [...keys].flatMap(([id, key]) => {
          const direction = directionOf(learning.rows, key);
          return direction === undefined ? [] : [[id, direction] as const];
        }),
      );
    },
    async topics(topics) {
      const directions: (Float32Array | undefined)[] = [];
      for (const topic of topics) directions.push(await topicDirection({ store, vectors }, topic));
      return directions;
    },
  };
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
  const kept = liked.map<Kept>(({ title, direction, how }) => ({ title, direction, how }));
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
