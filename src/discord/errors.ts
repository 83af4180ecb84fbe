import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { DeliveryError, StoreError, type DeliveryErrorKind, type Setback } from '../core/index.ts';
import { OLD_EDITS, OLD_MS } from './quotas.ts';

/**
 * discord.js adds this to every wait that Discord asks for, since clocks differ; the error tells
 * the wait itself.
 */
export const WAIT_MARGIN_MS = 50;

interface Meaning {
  readonly kind: DeliveryErrorKind;
  readonly says: string;
}

const GONE = (what: string): Meaning => ({
  kind: 'channel-gone',
  says: `${what} no longer exists.`,
});
const NO_ACCESS = (says: string): Meaning => ({ kind: 'no-access', says });
const BUSY = (says: string): Meaning => ({ kind: 'unavailable', says });
const REJECTED = (says: string): Meaning => ({ kind: 'rejected', says });

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes */
const CODES: Readonly<Record<number, Meaning>> = {
  10003: GONE('The channel'),
  10004: GONE('The server'),
  10008: REJECTED('The message no longer exists.'),
  30034: REJECTED('Discord takes no more new commands of this bot today; it will tomorrow.'),
  40003: BUSY('Discord lets nobody open direct messages this fast.'),
  40058: REJECTED('A forum takes posts, not messages.'),
  40067: NO_ACCESS('The forum wants a tag on every post: add one, or switch “Require tags” off.'),
  50001: NO_ACCESS(
    'Paperboy can’t see the channel: give it View Channel in the channel’s settings.',
  ),
  50006: REJECTED('Discord found the message empty.'),
  50007: NO_ACCESS('This person takes no direct messages from the bot.'),
  50013: NO_ACCESS(
    'Paperboy lacks a permission there: the channel’s settings, Permissions, show which; docs/discord.md lists those it needs.',
  ),
  50035: REJECTED('Discord refused the form of the message.'),
  50083: NO_ACCESS('The thread is archived and locked: a moderator must unlock it.'),
  50278: NO_ACCESS('This person shares no server with the bot, so it can’t write to them.'),
  160005: NO_ACCESS('The thread is locked: a moderator must unlock it.'),
  160006: NO_ACCESS(
    'The server has as many active threads as Discord allows: archive some, or choose another layout.',
  ),
  240000: REJECTED('Discord’s filter refused a link in the message.'),
};

/** The refusals that a plainer form of the same message may escape. */
const BAD_CONTENT: ReadonlySet<number> = new Set([50006, 50035, 240000]);

/** What was surely never sent: no connection came about. */
const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

export const TOKEN_REFUSED =
  'Discord refuses the bot’s token: make a new one in the Developer Portal, put it in DISCORD_TOKEN, and start again.';

/** It may have failed after the message was posted, too. */
const OWN_DATABASE = 'Paperboy’s own database failed; the message may stand all the same.';

/** What any failure of a request means for the delivery. Never holds a token, an address or a body. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  if (error instanceof StoreError) return new DeliveryError('unknown-outcome', OWN_DATABASE);
  if (error instanceof RateLimitError) return toRateLimited(error.retryAfter - WAIT_MARGIN_MS);
  if (error instanceof DiscordAPIError) return fromApi(error);
  if (error instanceof HTTPError) return fromStatus(error.status);
  if (isTokenMissing(error)) return new DeliveryError('unavailable', TOKEN_REFUSED);
  const code = networkCode(error);
  if (NEVER_SENT.test(code)) {
    return new DeliveryError('unavailable', `Discord can’t be reached (${code}).`);
  }
  const why = UNCLEAR[nameOf(error)] ?? (code === '' ? undefined : 'broke the connection');
  if (why === undefined) return ownFault(error);
  return new DeliveryError('unknown-outcome', `Discord ${why}; it may have done what was asked.`);
}

/** What discord.js throws where a request was sent and no answer, or no whole one, came. */
const UNCLEAR: Readonly<Record<string, string>> = {
  AbortError: 'did not answer in time',
  SyntaxError: 'answered in a way that can’t be read',
};

/** Nothing of Discord's: trying the same again would fail again, and hold up what comes after. */
function ownFault(error: unknown): DeliveryError {
  const message = 'Paperboy failed to make this message; the log says where.';
  return new DeliveryError('rejected', message, { cause: error });
}

function toRateLimited(waitMs: number): DeliveryError {
  const retryAfterMs = Math.max(0, Math.ceil(waitMs));
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new DeliveryError('rate-limited', `Discord asks to wait ${seconds} s.`, { retryAfterMs });
}

function fromApi({ code, status, rawError }: DiscordAPIError): DeliveryError {
  if (code === OLD_EDITS) return toQuotaReached(rawError);
  const meaning = CODES[Number(code)] ?? byStatus(status);
  const says = meaning.says.replace(/\.$/, '');
  return new DeliveryError(
    meaning.kind,
    `${says} (Discord ${Number.isNaN(Number(code)) ? status : code}).`,
  );
}

function toQuotaReached(rawError: object): DeliveryError {
  const { retry_after: seconds } = rawError as { readonly retry_after?: unknown };
  const retryAfterMs = typeof seconds === 'number' ? Math.ceil(seconds * 1_000) : OLD_MS;
  const message = `Discord takes no more edits of messages older than an hour here (Discord ${OLD_EDITS}).`;
  return new DeliveryError('rate-limited', message, { retryAfterMs });
}

function byStatus(status: number): Meaning {
  if (status === 401) return BUSY(TOKEN_REFUSED);
  if (status === 403) return NO_ACCESS('Discord forbids Paperboy to do that there.');
  // Discord names what is gone; a bare 404 comes from a proxy, or from a wrong address.
  if (status === 404) return BUSY('Nothing answers at Discord’s address');
  return REJECTED('Discord refused the request.');
}

/** 502 is the one that Discord gives without having done anything: "wait a bit and retry". */
function fromStatus(status: number): DeliveryError {
  if (status === 502) return new DeliveryError('unavailable', 'Discord is down (502).');
  const message = `Discord failed (${status}); it may have done what was asked.`;
  return new DeliveryError('unknown-outcome', message);
}

function isTokenMissing(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Expected token to be set');
}

/** What a failed start means for trying again. */
export function toSetback(error: unknown): Setback {
  const isPassing =
    error instanceof HTTPError || nameOf(error) === 'AbortError' || networkCode(error) !== '';
  const { retryAfterMs } = toDeliveryError(error);
  return { isPassing, retryAfterMs, fields: toLogFields(error) };
}

/** The code of an error of Discord's API, such as 10062. */
export function apiCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

export function isBadContent(error: unknown): boolean {
  return BAD_CONTENT.has(apiCode(error) ?? 0);
}

/** What a log may say of any error: names and numbers, since all else may hold a secret. */
export function toLogFields(error: unknown): object {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    const code = apiCode(error);
    return { error: error.name, status: error.status, ...(code !== undefined && { code }) };
  }
  if (error instanceof DeliveryError) return { error: error.kind, reason: error.message };
  return { error: nameOf(error), code: networkCode(error), at: framesOf(error) };
}

/** Where it was thrown: places in the code hold no values. */
function framesOf(error: unknown): string[] {
  const { stack = '' } = error instanceof Error ? error : {};
  return [...stack.matchAll(/^ +at (.+)$/gm)].slice(0, 3).map(([, frame = '']) => frame);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function networkCode(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : networkCode(cause);
}
