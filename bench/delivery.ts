import type { Findings } from './figures.ts';
import { measureCrowd } from './delivery/crowd.ts';
import { measureIdle } from './delivery/idle.ts';
import { measurePlanning } from './delivery/plan.ts';
import { measureTogether } from './delivery/together.ts';

/** What schedules and digests cost: nothing due, much due, both platforms at once, and a crowd. */
export async function benchDelivery(data: string, folder: string): Promise<Findings> {
  const figures = [
    ...(await measurePlanning(data, folder)),
    ...(await measureIdle(folder)),
    ...(await measureTogether(folder)),
    ...(await measureCrowd(folder)),
  ];
  return { benchmark: 'delivery', data: 'the wire-level servers', n: 10_000, figures };
}
