import type { SourceState } from '../commands/command.ts';
import type { DigestContent } from './compose.ts';

/** Whether a source is in trouble: its papers may be missing and come later. */
export function isTroubled(state: SourceState): boolean {
  return state.kind === 'failed' || state.kind === 'stalled';
}

/**
 * What a digest says of its sources: the ones in trouble when it holds papers, and every one, with
 * what comes next, when it is empty. Undefined when there is nothing to say.
 */
export function sourceNote(states: readonly SourceState[], isEmpty: boolean): string | undefined {
  const told = isEmpty ? states : states.filter(isTroubled);
  return told.length === 0 ? undefined : told.map(describe).join(' ');
}

/** Adds a note where there is one. */
export function withNote(content: DigestContent, note: string | undefined): DigestContent {
  return note === undefined ? content : { ...content, note };
}

function describe({ name, detail }: SourceState): string {
  return `${name}: ${detail}`;
}
