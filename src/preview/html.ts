const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters but for newline and tab have no place in HTML, so they go. */
const UNSAFE = /[&<>"']|(?![\n\t])\p{Cc}/gu;

/** Marks and scripts that turn the direction of writing. */
const TURNING = /\p{Bidi_Control}|\p{Script=Hebrew}|\p{Script=Arabic}/u;

/** Text for HTML content or a quoted attribute, shown letter for letter. */
export function escapeHtml(text: string): string {
  return text.replace(UNSAFE, (character) => ESCAPES[character] ?? '');
}

/** Escaped text whose direction marks can't reorder what stands next to it. */
export function isolate(text: string): string {
  const escaped = escapeHtml(text);
  return TURNING.test(text) ? `<bdi>${escaped}</bdi>` : escaped;
}

/** The link as an attribute's value, or undefined unless it is http(s). */
export function toHref(href: string): string | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  return escapeHtml(url.href);
}

/** A link that opens beside the page; plain text where the address is not http(s). */
export function anchor(href: string, content: string): string {
  const safe = toHref(href);
  if (safe === undefined) return content;
  return `<a href="${safe}" target="_blank" rel="noopener noreferrer">${content}</a>`;
}
