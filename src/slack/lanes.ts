import { z } from 'zod';

/** Works one after another through what must keep its order, and through all else side by side. */
export interface Lanes {
  /** Resolves once the work is done; without a lane it begins at once. Rejects as the work does. */
  run(lane: string | undefined, work: () => Promise<void>): Promise<void>;
}

export function createLanes(): Lanes {
  const last = new Map<string, Promise<void>>();
  return {
    run(lane, work) {
      if (lane === undefined) return work();
      const result = (last.get(lane) ?? Promise.resolve()).then(work);
      const end = result
        .catch(() => undefined)
        .then(() => {
          if (last.get(lane) === end) last.delete(lane);
        });
      last.set(lane, end);
      return result;
    },
  };
}

const Reaction = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  item: z.object({ channel: z.string(), ts: z.string() }),
});

/** The events of one workspace that say where the bot is. */
const PRESENCE =
  /^(?:app_uninstalled|tokens_revoked|member_(?:joined|left)_channel|(?:channel|group)_(?:archive|unarchive|deleted))$/;

/**
 * What must not overtake each other: what one person does to one message, and what says whether
 * the bot is still in a workspace. One that is tried again would undo the one that came after it.
 */
export function laneOf(tenant: string, event: unknown): string | undefined {
  const reaction = Reaction.safeParse(event).data;
  if (reaction !== undefined) {
    const { item, user } = reaction;
    return JSON.stringify([tenant, item.channel, item.ts, user]);
  }
  const { type } = (event ?? {}) as { readonly type?: unknown };
  return typeof type === 'string' && PRESENCE.test(type) ? tenant : undefined;
}
