/** Longer than any real link, and what browsers and chat services still take. */
const MAX_LENGTH = 2048;

/**
 * A link as a person pasted it, as an absolute http(s) URL, or undefined when it isn't one. Real
 * lists hold leading spaces and line breaks inside the address. A user name in the address is
 * refused, since `https://github.com@elsewhere.example` looks like what it isn't.
 */
export function toLink(raw: string | null | undefined): string | undefined {
  if (!raw || raw.length > MAX_LENGTH) return undefined;
  const joined = raw.replace(/\s*[\p{Cc}\p{Cf}]\s*/gu, '').trim();
  if (/\s/.test(joined) || !URL.canParse(joined)) return undefined;
  const url = new URL(joined);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.href : undefined;
}

/** A preview image of Hugging Face's own, or undefined: chat services load it unasked. */
export function toThumbnail(raw: string | null | undefined): string | undefined {
  const link = toLink(raw);
  if (link === undefined) return undefined;
  const { protocol, hostname } = new URL(link);
  const isTheirs = /(?:^|\.)(?:huggingface\.co|hf\.co)$/.test(hostname);
  return protocol === 'https:' && isTheirs ? link : undefined;
}
