import { shorten, type Span } from '../core/index.ts';

// Everything that can begin markup, a mention, an emoji or a link anywhere in a line. A backslash
// before any of them shows it: https://support.discord.com/hc/en-us/articles/210298617
const ACTIVE = /[\\*_~|`[\]()<>#&@:]/g;

// What means something at the beginning of a line alone: `-# small`, `- item`, `1. item`.
const LINE_START = /^([ \t]*)(-|\d+(?=\.))/gm;

/** What shows nothing and turns, hides or joins what stands next to it. */
const INVISIBLE = /(?!\n)\p{Cc}|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** More marks on one letter than any script has: they would climb over other lines. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** The text as it may be shown: line breaks and spaces stay, what is invisible goes. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(PILED_MARKS, '$1');
}

/** Text that Discord shows letter for letter. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(ACTIVE, String.raw`\$&`)
    .replace(LINE_START, (_, space: string, mark: string) =>
      mark === '-' ? `${space}\\-` : `${space}${mark}\\`,
    );
}

/** Escaped text without line breaks, for a title or an item of a list. */
export function escapeLine(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' ').trim());
}

/** The text that `escapeLine` was given. */
export function unescapeLine(markdown: string): string {
  return markdown.replace(/\\(.)/g, '$1');
}

/** The address for a link, or undefined where it is not http(s) or too long for one. */
export function toHref(href: string): string | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '' || url.href.length > MOST_ADDRESS)
    return undefined;
  return url.href.replace(/[()<>"'\\*_~|`]/g, (mark) => `%${hex(mark)}`);
}

const MOST_ADDRESS = 512;

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

// Discord makes no link of a text with a bracket that has no partner, nor of one that looks like
// an address itself, so that nobody is led elsewhere than it says.
const UNLINKABLE = /:\/\/|www\.|discord\.(?:gg|com)/i;

function isLinkable(text: string): boolean {
  const rest = text.replace(/\[[^[\]]*\]/g, '');
  return !/[[\]]/.test(rest) && !UNLINKABLE.test(text) && text.trim() !== '';
}

/** A masked link; where Discord would make none of this text, the text with a link after it. */
export function link(text: string, href: string, style = (label: string) => label): string {
  const address = toHref(href);
  const label = style(escapeLine(text));
  if (address === undefined) return label;
  return isLinkable(text) ? `[${label}](${address})` : `${label} [(link)](${address})`;
}

const MARKS = { strong: '**', emphasis: '*' } as const;

/** Spans as Discord's markdown. */
export function renderSpans(spans: readonly Span[]): string {
  return spans.map(renderSpan).join('');
}

function renderSpan({ text, style, href }: Span): string {
  if (href !== undefined) return link(text, href, (label) => styled(label, style));
  if (style === 'code') return renderCode(text);
  return styled(escapeMarkdown(text), style);
}

function styled(escaped: string, style: Span['style']): string {
  if (style === undefined || style === 'code' || escaped.trim() === '') return escaped;
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(escaped) ?? [];
  return `${before}${MARKS[style]}${inner}${MARKS[style]}${after}`;
}

/** Inside backticks nothing has to be escaped, and a backtick can't be. */
function renderCode(text: string): string {
  const shown = visible(text);
  return /`|^\s*$|^\s|\s$|\\$/.test(shown) ? escapeMarkdown(text) : `\`${shown}\``;
}

/** Spans in at most `max` characters of markdown: whole if they fit, else with shortened texts. */
export function fitSpans(spans: readonly Span[], max: number): string {
  let shown = spans;
  for (let text = renderSpans(shown); ; text = renderSpans(shown)) {
    if (text.length <= max) return text;
    const longest = Math.max(...shown.map((span) => span.text.length));
    if (longest <= 1) return text.slice(0, max);
    shown = shown.map((span) => ({
      ...span,
      text: span.text.length === longest ? shorten(span.text, Math.ceil(longest / 2)) : span.text,
    }));
  }
}
