import type { Findings } from './figures.ts';
import { measureIdle } from './delivery/idle.ts';
import { measurePlanning } from './delivery/plan.ts';
import { measureTogether } from './delivery/together.ts';

/** What schedules and digests cost: nothing due, much due, and both platforms at once. */
export async function benchDelivery(data: string, folder: string): Promise<Findings> {
  const figures = [
    ...(await measurePlanning(data, folder)),
    ...(await measureIdle(folder)),
    ...(await measureTogether(folder)),
  ];
  return { benchmark: 'delivery', data: 'the wire-level servers', n: 10_000, figures };
}
