/** What stands where a secret stood. */
const REDACTED = '[redacted]';

// The shapes of secrets. None asks for a word's beginning, and each takes the whole run of a
// token's characters, so that nothing glued to a secret hides it.
const SHAPES: readonly RegExp[] = [
  // Discord bot tokens: the bot's id in base64, a timestamp, a signature.
  // https://discord.com/developers/docs/reference#authentication
  /[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g,
  // https://docs.slack.dev/authentication/tokens
  /xox[a-z](?:\.xox[a-z])?-[\w%-]{8,}/gi,
  /xapp-[\w%-]{8,}/gi,
  // https://huggingface.co/docs/hub/security-tokens
  /hf_[A-Za-z0-9]{20,}/g,
  /Bearer(?:\s|%20|\+)+[\w.~+/=%-]{8,}/gi,
  // Discord interaction tokens are base64 of "interaction:…".
  /aW50ZXJhY3Rpb246[\w+/=%-]*/g,
];

// Addresses that let anyone post: the part after the id is the secret.
// https://discord.com/developers/docs/resources/webhook#execute-webhook
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
const ADDRESSES: readonly RegExp[] = [
  /((?:\/|%2F)(?:webhooks|interactions)(?:\/|%2F)\d+(?:\/|%2F))[\w.%-]+/gi,
  /(hooks\.slack(?:-gov)?\.com(?:\/|%2F)(?:services|workflows|triggers)(?:\/|%2F))[\w/%-]+/gi,
];

// Fields whose name says that their text is a secret, whatever its shape.
const NAMED = /token|secret|password|authorization|cookie/i;

/** The text with every secret of a known shape replaced. */
export function redact(text: string): string {
  const plain = SHAPES.reduce((rest, shape) => rest.replace(shape, REDACTED), text);
  return ADDRESSES.reduce((rest, shape) => rest.replace(shape, `$1${REDACTED}`), plain);
}

/** Redacts every text in a JSON value, keys included, and all text under a name like `token`. */
export function redactJson(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return NAMED.test(name) ? REDACTED : redact(value);
  if (Array.isArray(value)) return value.map((item) => redactJson(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [redact(key), redactJson(inner, key)]),
  );
}
