/**
 * The front door: all that a platform may import from the core.
 */
export * from './changes.ts';
export * from './clock.ts';
export * from './command-call.ts';
export * from './errors.ts';
export * from './form.ts';
export * from './home.ts';
export * from './installations.ts';
export * from './journal.ts';
export * from './log.ts';
export * from './message.ts';
export { OUTDATED } from './outdated.ts';
export { breakAlike, paginate } from './paginate.ts';
export * from './paper.ts';
export * from './patience.ts';
export * from './platform.ts';
export { shorten } from './text/index.ts';
export { following } from './wait.ts';
