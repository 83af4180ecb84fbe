/**
 * Somebody asked for what can't be done. The message is shown word for word, so it says what is
 * wrong and what to do instead, and never holds a secret or another tenant's data.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/**
 * Why a source gave nothing: `unreachable` (network, timeout, 5xx), `rate-limited`, `not-found`,
 * `refused` (other 4xx), `unreadable` (not the shape we know), `late` (it answered, and the list that
 * was due is not there yet).
 */
export type SourceErrorKind =
  'unreachable' | 'rate-limited' | 'not-found' | 'refused' | 'unreadable' | 'late';

/** A source failed. The message names the source and what it answered, never a token. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(
    readonly kind: SourceErrorKind,
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number } = {},
  ) {
    super(message, options);
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }

  /** How long the source asked us to wait. */
  readonly retryAfterMs?: number;
}

/**
 * Why a message was not posted. `rate-limited` and `unavailable` were certainly not posted and may
 * be tried again; `unknown-outcome` may have been posted, and `held` was perhaps posted by an earlier
 * attempt, which the platform can't look for; `absent` was only to be looked for, and isn't there;
 * the others need a person.
 */
export type DeliveryErrorKind =
  | 'rate-limited'
  | 'no-access'
  | 'channel-gone'
  | 'rejected'
  | 'held'
  | 'absent'
  | 'unavailable'
  | 'unknown-outcome';

export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(
    readonly kind: DeliveryErrorKind,
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number } = {},
  ) {
    super(message, options);
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }

  readonly retryAfterMs?: number;
}

const FINAL: ReadonlySet<DeliveryErrorKind> = new Set(['rejected', 'absent', 'held']);

/** Whether trying again changes nothing, whatever of the message stands already. */
export function isFinal({ kind }: DeliveryError): boolean {
  return FINAL.has(kind);
}

/** What a platform says that was only to look for a message, and found none. */
export function absent(): DeliveryError {
  return new DeliveryError('absent', 'The message isn’t there.');
}

/** What a platform says of an update that would break into pages elsewhere. */
export function breaksElsewhere(): DeliveryError {
  return new DeliveryError('rejected', 'The message would break into pages elsewhere.');
}

/** The database can't be used as it is; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
