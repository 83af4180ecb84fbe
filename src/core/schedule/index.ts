export { nextContent, planDue, readOnce } from './plan.ts';
export { nextSlot } from './slot.ts';
export { startTick, type Tick } from './tick.ts';
