import { createBookmarks, type Bookmarks } from '../../src/core/bookmarks/index.ts';
import { createInbox } from '../../src/core/inbox.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Inbox } from '../../src/core/platform.ts';
import type { Store } from '../../src/core/store/open.ts';
import { createTurns } from '../../src/core/turns.ts';
import { createServices } from '../core/commands/services.ts';
import { aList, aStore } from '../core/store-fixtures.ts';

/** The core's own inbox over a real database that holds five papers. */
export interface RealCore {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly bookmarks: Bookmarks;
}

/** In memory, unless its file is named. */
export async function openCore(path?: string): Promise<RealCore> {
  const store = await aStore(aList('2026-08-20'), path);
  const clock = () => new Date();
  const bookmarks = createBookmarks(store, clock);
  const services = createServices();
  const inbox = createInbox({
    store,
    services,
    bookmarks,
    turns: createTurns(),
    clock,
    log: silentLog,
  });
  return { store, inbox, bookmarks };
}
