import { objectOf, objectsOf, textOf, type Json } from './json.ts';

/** What a client makes of a message: the words on the screen, whom it notifies, where links lead. */
export interface Screen {
  readonly text: string;
  /** Mentions that notify somebody: `@channel`, `<@U1>`. */
  readonly pings: readonly string[];
  readonly links: readonly string[];
  /** What a notification or a screen reader says. */
  readonly notification: string;
}

interface Ink {
  readonly words: string[];
  readonly pings: string[];
  readonly links: string[];
}

/**
 * Reads blocks as Slack's clients do; the top-level text is what the notification says. With
 * `parse` as `none` no bare address or mention in that text is one:
 * https://docs.slack.dev/reference/methods/chat.postMessage#formatting
 */
export function readMessage(text: string, blocks: readonly Json[], parse: unknown = ''): Screen {
  const ink: Ink = { words: [], pings: [], links: [] };
  const notification = readMarkup(text, false, ink);
  for (const block of blocks) readBlock(block, ink);
  if (blocks.length === 0) ink.words.push(readMarkup(text, parse !== 'none', ink));
  return {
    text: ink.words.filter((word) => word !== '').join('\n'),
    pings: ink.pings,
    links: ink.links,
    notification,
  };
}

function readBlock(block: Json, ink: Ink): void {
  const { type, text, fields, accessory, elements, alt_text: alt } = block;
  if (type === 'rich_text') {
    for (const element of objectsOf(elements)) readRich(element, ink);
    return;
  }
  if (type === 'image') ink.words.push(textOf(alt));
  if (text !== undefined) ink.words.push(readText(objectOf(text), ink));
  for (const field of objectsOf(fields)) ink.words.push(readText(field, ink));
  if (accessory !== undefined) readElement(objectOf(accessory), ink);
  for (const element of objectsOf(elements)) readElement(element, ink);
}

function readElement(element: Json, ink: Ink): void {
  if (element['type'] === 'image') ink.words.push(textOf(element['alt_text']));
  else if (typeof element['text'] === 'string') ink.words.push(readText(element, ink));
  else if (element['text'] !== undefined) ink.words.push(readText(objectOf(element['text']), ink));
  if (typeof element['url'] === 'string') ink.links.push(element['url']);
}

function readText({ type, text, verbatim }: Json, ink: Ink): string {
  if (type !== 'mrkdwn') return textOf(text);
  return readMarkup(textOf(text), verbatim !== true, ink);
}

function readRich({ type, elements }: Json, ink: Ink): void {
  if (type === 'rich_text_list') {
    for (const item of objectsOf(elements)) readRich(item, ink);
    return;
  }
  const line = objectsOf(elements).map((part) => readPart(part, ink));
  ink.words.push(line.join(''));
}

function readPart({ type, text, url, user_id: user, range, name }: Json, ink: Ink): string {
  if (type === 'link') ink.links.push(textOf(url));
  if (type === 'user') ink.pings.push(`<@${textOf(user)}>`);
  if (type === 'broadcast') ink.pings.push(`@${textOf(range)}`);
  if (type === 'emoji') return `:${textOf(name)}:`;
  return text === undefined ? textOf(url) : textOf(text);
}

const TAG = /<([^<>]+)>/g;
const AUTO_PING = /(?<![\w.])@(?:everyone|channel|here)\b/g;
const AUTO_LINK = /(?<!\S)(?:https?:\/\/)\S+/g;

/** Slack's own markup: https://docs.slack.dev/messaging/formatting-message-text */
function readMarkup(text: string, auto: boolean, ink: Ink): string {
  if (auto) {
    const bare = text.replace(TAG, ' ');
    ink.pings.push(...(bare.match(AUTO_PING) ?? []));
    ink.links.push(...(bare.match(AUTO_LINK) ?? []));
  }
  const plain = text.replace(TAG, (_, inside: string) => readTag(inside, ink));
  const bare = auto ? plain.replace(/([*_~`])(\S(?:[^\n]*?\S)?)\1/g, '$2') : plain;
  return bare.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function readTag(inside: string, ink: Ink): string {
  const [target = '', label] = inside.split('|');
  if (/^[@!]/.test(target)) ink.pings.push(`<${target}>`);
  else if (!target.startsWith('#')) ink.links.push(target);
  return label ?? target;
}
