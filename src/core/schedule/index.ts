export { nextContent } from './content.ts';
export { planNow } from './plan-now.ts';
export { planDue, readOnce } from './plan.ts';
export { nextSlot } from './slot.ts';
export { startTick, type Tick } from './tick.ts';
