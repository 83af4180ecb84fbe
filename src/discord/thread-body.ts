import { shorten, type Message } from '../core/index.ts';
import { textsOf } from './body.ts';
import type { RawMessage } from './look-back.ts';
import { unescapeLine } from './markdown.ts';

/** https://docs.discord.com/developers/resources/channel#start-thread-from-message */
const MOST_NAME = 100;

/** A day: the papers of a digest are talked about until the next one comes. */
const ARCHIVE_MINUTES = 1_440;

/** What a thread or post about a message is called: its heading, else its one-line summary. */
export function toThreadName({ summary, blocks }: Message): string {
  const heading = blocks.find((block) => block.type === 'heading');
  return heading === undefined ? summary : heading.text;
}

/** The same of a message that stands on Discord: the words of its first line. */
export function readThreadName({ components = [] }: RawMessage): string {
  const [line = ''] = (textsOf(components)[0] ?? '').split('\n');
  return unescapeLine(line.replace(/^#+ /, ''));
}

export function toThreadBody(name: string) {
  const shown = shorten(name.replace(/\s+/g, ' ').trim(), MOST_NAME);
  return { name: shown || 'Papers', auto_archive_duration: ARCHIVE_MINUTES };
}
