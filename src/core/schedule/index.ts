export { planDue, readOnce } from './plan.ts';
export { nextSlot, type Schedule } from './slot.ts';
export { startTick, type Tick } from './tick.ts';
