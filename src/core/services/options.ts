import type { Archive } from '../archive/index.ts';
import type { Bookmarks } from '../bookmarks/index.ts';
import type { Clock } from '../clock.ts';
import type { CommandServices } from '../commands/command.ts';
import type { DigestSettings, SelectOptions } from '../digest/index.ts';
import type { Libraries } from '../library.ts';
import type { Paper } from '../paper.ts';
import type { ChatPlatform } from '../platform.ts';
import { readOnce } from '../schedule/index.ts';
import type { PaperFinder, PaperSource } from '../sources/source.ts';
import type { Store } from '../store/open.ts';
import type { Tastes } from '../tastes/index.ts';
import type { Vectors } from '../vectors/index.ts';

export interface ServiceOptions {
  readonly store: Store;
  readonly sources: readonly PaperSource[];
  /** Asked for a paper that none of the sources knows. */
  readonly beyond?: readonly PaperFinder[];
  readonly archive: Archive;
  readonly bookmarks: Bookmarks;
  readonly libraries: Libraries;
  readonly search: CommandServices['search'];
  /** The papers most like one, muted ones too, best first: `limit` of them, or all there are. */
  readonly similar: (paper: Paper, limit: number) => Promise<readonly Paper[]>;
  readonly tastes: Tastes;
  readonly vectors: Vectors;
  readonly platforms: readonly ChatPlatform[];
  readonly settings: DigestSettings;
  readonly clock: Clock;
  /** Begins to post what is planned. */
  readonly deliver: () => void;
}

/** What the digests of one answer share. */
export function sharedBy({ store, settings, clock, tastes }: ServiceOptions): SelectOptions {
  return { store, settings, now: clock(), ...readOnce(store), tastes };
}
