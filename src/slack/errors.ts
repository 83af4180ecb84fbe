import { RespondError, webApi } from '@slack/bolt';
import { DeliveryError, messageOf, type Setback } from '../core/index.ts';
import { MEANINGS, REMOVED, UNCLEAR, UNKNOWN } from './meanings.ts';

/** Nothing reached Slack: there was no connection that a request could have gone through. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What a failed call of Slack's Web API means. The message says what to do, and holds no token. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const name = slackErrorOf(error);
  if (name !== undefined) return fromName(name, error);
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const retryAfterMs = error.retryAfter * 1000;
    const message = `Slack asks us to wait ${error.retryAfter} s.`;
    return new DeliveryError('rate-limited', message, { cause: error, retryAfterMs });
  }
  if (neverSent(error)) {
    return new DeliveryError('unavailable', 'Slack could not be reached.', { cause: error });
  }
  return new DeliveryError('unknown-outcome', UNCLEAR.advice, { cause: error });
}

function fromName(name: string, cause: unknown): DeliveryError {
  // Other names are refusals too; what is no name at all is a reply that was cut short.
  const other = /^[a-z0-9_]{1,64}$/.test(name) ? UNKNOWN : UNCLEAR;
  const { kind, advice } = MEANINGS[name] ?? other;
  const said = kind === 'unknown-outcome' ? '' : ` (${name})`;
  return new DeliveryError(kind, `${advice.slice(0, -1)}${said}.`, { cause });
}

/** The name of Slack's refusal: `not_in_channel`; undefined where Slack gave none. */
export function slackErrorOf(error: unknown): string | undefined {
  const failure = error instanceof DeliveryError ? error.cause : error;
  return failure instanceof webApi.WebAPIPlatformError ? failure.data.error : undefined;
}

/** The scope that was missing for a call, as Slack names it; the first where any of some would do. */
export function neededScope(error: unknown): string | undefined {
  const failure = error instanceof DeliveryError ? error.cause : error;
  if (slackErrorOf(failure) !== 'missing_scope') return undefined;
  const { needed } = (failure as { readonly data: { readonly needed?: unknown } }).data;
  return typeof needed === 'string' ? needed.split(',')[0] : undefined;
}

/** Slack's addresses for answers give a status and no name: this one is for what was sent. */
const BAD_REQUEST = 400;

/** Whether Slack refuses what a message shows, so that it may take the same said more plainly. */
export function isContentRefusal(error: unknown): boolean {
  const failure = error instanceof DeliveryError ? error.cause : error;
  if (failure instanceof RespondError) return failure.statusCode === BAD_REQUEST;
  const name = slackErrorOf(error) ?? '';
  return CONTENT_NAMES.test(name) || (name === 'invalid_arguments' && isOfView(failure));
}

const CONTENT_NAMES = /blocks|^(?:msg_too_long|cannot_parse_attachment)$/;

/** Slack says of a page or a form only that an argument is wrong, and then where. */
function isOfView(failure: unknown): boolean {
  const { data } = failure as webApi.WebAPIPlatformError;
  return (data.response_metadata?.messages ?? []).some((message) => message.includes('/view/'));
}

/** Whether the app is no longer in the workspace whose token was used. */
export function isRemoval(error: unknown): boolean {
  const name = slackErrorOf(error);
  return name !== undefined && MEANINGS[name] === REMOVED;
}

/** Whether Slack knows no such token, or no more. */
export function isTokenRefused(error: unknown): boolean {
  const name = slackErrorOf(error);
  return name === 'invalid_auth' || name === 'not_authed';
}

function neverSent(error: unknown): boolean {
  if (!(error instanceof webApi.WebAPIRequestError)) return false;
  const causes = [error.original, error.original.cause];
  return causes.some(
    (cause) => cause instanceof Error && 'code' in cause && NEVER_SENT.has(String(cause.code)),
  );
}

/** What Slack says to a token of another kind, with what to copy in its place. */
const MIX_UPS: Readonly<Record<string, string>> = {
  not_allowed_token_type:
    'That is a token of another kind: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.',
  missing_scope:
    'SLACK_APP_TOKEN needs the scope connections:write; generate another one with it under Basic Information.',
};

/** Why the platform can't start, and what to do about it: `no-access` where waiting is no help. */
export function toStartError(error: unknown, what: string): DeliveryError {
  const failure = toDeliveryError(error);
  if (failure.kind === 'rate-limited') return failure;
  const name = slackErrorOf(error);
  const refused = name !== undefined && failure.kind !== 'unknown-outcome';
  const detail = name ?? (error === undefined ? 'the connection was closed' : messageOf(error));
  const advice = refused
    ? (MIX_UPS[name] ??
      `Copy ${what} again from https://api.slack.com/apps, and check that the app is installed.`)
    : 'Is the network up?';
  const message = `Slack can’t be reached with ${what}: ${detail}. ${advice}`;
  return new DeliveryError(refused ? 'no-access' : 'unavailable', message, { cause: error });
}

/** What such an error means for trying again. */
export function toSetback(error: unknown): Setback {
  const { kind, retryAfterMs, message } = toDeliveryError(error);
  return { isPassing: kind === 'unavailable', retryAfterMs, fields: { detail: message } };
}
