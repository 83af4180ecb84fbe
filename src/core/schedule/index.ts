export { bringBackSlots } from './far-slots.ts';
export { nextContent } from './content.ts';
export { dueSlots, nextFreeSlot } from './free-slots.ts';
export { planNow } from './plan-now.ts';
export { planDue } from './plan.ts';
export { newestLists } from './in-doubt.ts';
export { readOnce } from './read-once.ts';
export { startTick, type Tick } from './tick.ts';
