import { createArchive } from '../archive/index.ts';
import { createBookmarks } from '../bookmarks/index.ts';
import { createLibraries } from '../bookmarks/libraries.ts';
import type { Clock } from '../clock.ts';
import { createDeliverer, createVoteRefresher, type DigestSettings } from '../digest/index.ts';
import { createLineUp } from '../line-up.ts';
import type { Log } from '../log.ts';
import type { ChannelRef, ChatPlatform } from '../platform.ts';
import type { Paper } from '../paper.ts';
import { createMute } from '../ranking/muting.ts';
import { createSearch } from '../search/index.ts';
import { findSimilar } from '../search/similar.ts';
import { createServices } from '../services.ts';
import { mutedIn } from '../services/subscription.ts';
import type { PaperFinder, PaperSource } from '../sources/source.ts';
import { postedPapers } from '../store/posted-papers.ts';
import type { MarkFile } from '../store/mark-file.ts';
import { asideOf, type Store } from '../store/open.ts';
import { savePapers } from '../store/papers.ts';
import { createTastes } from '../tastes/index.ts';
import { createVectors, type Embedder } from '../vectors/index.ts';
import { createTurns, type TurnOptions } from '../turns.ts';
import { createAwake } from './awake.ts';
import { createBackground } from './background.ts';
import { logged } from './logged.ts';

export interface PaperboyOptions {
  readonly store: Store;
  readonly sources: readonly PaperSource[];
  /** Where more is looked for when the archive has found little; nowhere if absent. */
  readonly beyond?: readonly PaperFinder[];
  readonly platforms: readonly ChatPlatform[];
  readonly settings: DigestSettings;
  readonly clock: Clock;
  readonly log: Log;
  /** An endpoint for vectors, where one is configured. */
  readonly embedder?: Embedder | undefined;
  /** How readers' turns are measured and waited for; by the machine's own clock if absent. */
  readonly turns?: TurnOptions;
  /** Where the outbox's mark is kept outside of the database, so that a restored backup is noticed. */
  readonly beside?: MarkFile;
}

/** Makes every part of the core, and gives each what it needs of the others. */
export function createParts(options: PaperboyOptions) {
  const { store, sources, beyond, clock, log } = options;
  const archive = createArchive(options);
  const bookmarks = createBookmarks(store, clock);
  const libraries = createLibraries(store, clock);
  // What goes through the whole archive holds up nobody else, where there is anybody else.
  const aside = options.platforms.length === 0 ? store : asideOf(store);
  const vectors = createVectors({ ...options, store: aside });
  const tastes = createTastes(aside, vectors);
  const search = createSearch({
    store: aside,
    vectors,
    sources,
    beyond,
    clock,
    log,
    keep: (papers) => savePapers(store, papers, clock().toISOString()),
    mutedIn: (channel) => muteIn(options, channel),
    postedOn: (channel, ids) => postedPapers(store, channel, ids),
  });
  const lineUp = createLineUp(options.platforms);
  const deliverer = createDeliverer({ ...options, isUp: lineUp.isUp });
  const deliver = () => void logged(deliverer.deliver(), log, 'digests could not be delivered');
  const similar = (paper: Paper, count: number) =>
    findSimilar({ store: aside, vectors }, paper, count);
  const parts = { archive, bookmarks, libraries, search, similar, tastes, vectors, deliver };
  const services = createServices({ ...options, ...parts });
  const turns = createTurns(options.turns);
  const background = createBackground(log);
  const votes = createVoteRefresher(options);
  const awake = createAwake();
  return { ...parts, services, turns, lineUp, deliverer, votes, background, awake };
}

/** What may not show in the channel, or anywhere. */
async function muteIn(
  { store, settings }: PaperboyOptions,
  channel: ChannelRef,
): Promise<(paper: Paper) => boolean> {
  const mutes = createMute([...settings.profile.muted, ...(await mutedIn(store, channel))]);
  return (paper) => mutes(paper) !== undefined;
}

/** All parts of the core. */
export type Parts = ReturnType<typeof createParts>;
