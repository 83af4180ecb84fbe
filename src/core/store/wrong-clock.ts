import type { Store } from './open.ts';

/** No wait of ours is longer: one that is was noted by a clock that ran ahead. */
export const LONGEST_WAIT_MS = 24 * 3_600_000;

/** Ends the waits, and moves the marks, that a clock which ran ahead has put where none can be. */
export async function endWrongWaits(store: Store, now: Date): Promise<void> {
  const present = now.toISOString();
  const farthest = new Date(now.getTime() + LONGEST_WAIT_MS).toISOString();
  await store
    .updateTable('circuits')
    .set({ probe_at: present })
    .where('probe_at', '>', farthest)
    .execute();
  for (const table of ['circuits', 'departures', 'digests'] as const) {
    const ended = store.updateTable(table).set({ tell_at: null });
    await ended.where('tell_at', '>', farthest).execute();
  }
  await store
    .updateTable('deliveries')
    .set({ refresh_at: present })
    .where('refresh_at', '>', farthest)
    .execute();
  await store
    .updateTable('outbox_mark')
    .set((set) => ({
      claimed_at: set.fn<string | null>('min', ['claimed_at', set.val(present)]),
      held_until: set.fn<string | null>('min', ['held_until', set.val(present)]),
    }))
    .where((where) =>
      where.or([where('claimed_at', '>', present), where('held_until', '>', present)]),
    )
    .execute();
}
