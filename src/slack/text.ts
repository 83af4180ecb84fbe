import { shorten } from '../core/index.ts';

/** Control characters, direction marks, zero-width characters, and halves of characters. */
const UNSAFE = /(?!\n)\p{Cc}|\p{Bidi_Control}|[\u200B\u2060\uFEFF]|\p{Cs}/gu;

/** Text that shows as it is in `plain_text` and `rich_text`, cut to `max` UTF-16 units. */
export function plain(text: string, max: number): string {
  return shorten(text.replace(UNSAFE, ''), max);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text for a message's top-level `text`, in which Slack would otherwise read mentions and links.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escaped(text: string, max: number): string {
  return plain(text, max).replace(/[&<>]/g, (character) => ESCAPES[character] ?? '');
}

/** The address, or undefined unless Slack would take it for a link. */
export function safeUrl(href: string, max: number): string | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  const known = url?.protocol === 'https:' || url?.protocol === 'http:';
  return known && url.href.length <= max ? url.href : undefined;
}
