import type { Doors } from '../line-up.ts';
import type { PaperboyOptions, Parts } from './parts.ts';

/** Opens the core to platforms. Commands are loaded only now: one digest in a terminal needs none. */
export async function openDoors(
  { store, clock, log }: PaperboyOptions,
  { services, bookmarks, turns }: Parts,
): Promise<Doors> {
  const [{ createInbox }, { definitions }] = await Promise.all([
    import('../inbox.ts'),
    import('../commands/index.ts'),
  ]);
  return { inbox: createInbox({ store, services, bookmarks, turns, clock, log }), definitions };
}
