import type { ChatPlatform, CommandDefinition, Inbox } from './platform.ts';

/** What platforms are started with. */
export interface Doors {
  readonly inbox: Inbox;
  readonly definitions: readonly CommandDefinition[];
}

/** The platforms while they start, run and stop. */
export interface LineUp {
  readonly isUp: (platform: ChatPlatform) => boolean;
  /**
   * Starts every platform, and calls back once the first is up: one that must wait for its service
   * keeps no other from its digests. Rejects as soon as one fails, and as it does.
   */
  start(doors: Doors, firstIsUp: () => void): Promise<void>;
  /** Stops all, those too that are still starting. */
  stop(): Promise<void>;
}

export function createLineUp(platforms: readonly ChatPlatform[]): LineUp {
  const up = new Set<ChatPlatform>();
  let starts: readonly Promise<void>[] = [];
  const startOne = async (platform: ChatPlatform, { inbox, definitions }: Doors) => {
    await platform.start(inbox, definitions);
    up.add(platform);
  };
  const stopAll = () => Promise.all(platforms.map((platform) => platform.stop()));
  return {
    isUp: (platform) => up.has(platform),
    async start(doors, firstIsUp) {
      starts = platforms.map((platform) => startOne(platform, doors));
      const all = Promise.all(starts);
      await Promise.race([...starts, all]);
      firstIsUp();
      await all;
    },
    async stop() {
      await stopAll();
      // One that was starting may have come up since; it would keep the process from ending.
      await Promise.allSettled(starts);
      await stopAll();
    },
  };
}
