import { createArchive, type Archive } from '../../../src/core/archive/index.ts';
import type { ArchiveOptions } from '../../../src/core/archive/fetch-list.ts';
import { createHttp } from '../../../src/core/http.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createHuggingFace } from '../../../src/core/sources/hugging-face/index.ts';
import { openStore, type Store } from '../../../src/core/store/open.ts';
import { startHuggingFaceServer, type HuggingFaceServer } from '../../fakes/hugging-face-server.ts';

/** An archive over a real database in memory and a real server, at whatever time it is set to. */
export interface Setting {
  readonly store: Store;
  readonly server: HuggingFaceServer;
  readonly options: ArchiveOptions;
  readonly archive: Archive;
  setTime(time: string): void;
  /** The dates that the server was asked for since the last call, in order. */
  asked(): string[];
  close(): Promise<void>;
}

export async function startSetting(time: string): Promise<Setting> {
  const server = await startHuggingFaceServer({ folders: [] });
  const http = createHttp({
    userAgent: 'paperboy-test',
    attempts: 1,
    sleep: () => Promise.resolve(),
  });
  const store = openStore(':memory:');
  let now = new Date(time);
  let seen = 0;
  const options: ArchiveOptions = {
    store,
    sources: [createHuggingFace({ http, baseUrl: server.url })],
    clock: () => now,
    log: silentLog,
  };
  return {
    store,
    server,
    options,
    archive: createArchive(options),
    setTime(next) {
      now = new Date(next);
    },
    asked() {
      const dates = server.requests
        .slice(seen)
        .map(({ url }) => /date=([\d-]+)/.exec(url)?.[1] ?? url);
      seen = server.requests.length;
      return dates;
    },
    async close() {
      await store.destroy();
      await server.close();
    },
  };
}

/** Items of the list of `date`, as Hugging Face writes them: votes fall from `count`. */
export function dailyItems(date: string, count: number, first = 1): object[] {
  return Array.from({ length: count }, (_, index) => ({
    paper: {
      id: `${date.slice(2, 4)}${date.slice(5, 7)}.${date.slice(8)}${String(first + index).padStart(3, '0')}`,
      title: `Lantern ${first + index} of ${date}`,
      summary: 'We light a lantern. It is bright.',
      authors: [{ name: 'Ada Lampwick', hidden: false }],
      publishedAt: `${date}T00:00:00.000Z`,
      submittedOnDailyAt: `${date}T00:00:00.000Z`,
      upvotes: count - index,
    },
    numComments: 0,
  }));
}
