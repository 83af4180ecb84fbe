import { shorten, type Message } from '../core/index.ts';

/** https://docs.discord.com/developers/resources/channel#start-thread-from-message */
const MOST_NAME = 100;

/** A day: the papers of a digest are talked about until the next one comes. */
const ARCHIVE_MINUTES = 1_440;

/** What a thread or post about a message is called: its heading, else its one-line summary. */
export function toThreadName({ summary, blocks }: Message): string {
  const heading = blocks.find((block) => block.type === 'heading');
  return heading === undefined ? summary : heading.text;
}

export function toThreadBody(name: string) {
  const shown = shorten(name.replace(/\s+/g, ' ').trim(), MOST_NAME);
  return { name: shown || 'Papers', auto_archive_duration: ARCHIVE_MINUTES };
}
