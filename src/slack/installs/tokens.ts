import type { webApi } from '@slack/bolt';
import { DeliveryError, messageOf, type Clock, type Log } from '../../core/index.ts';
import { slackErrorOf } from '../errors.ts';
import type { Install } from './install.ts';

/** The bot's token in one workspace, renewed in time where Slack rotates it. */
export interface Tokens {
  /** Rejects with `DeliveryError` when there is none that works. */
  get(): Promise<string>;
  /** The install is over: nothing more of it is kept. */
  retire(): void;
}

export interface TokenParts {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A client without a token. */
  readonly oauth: webApi.WebClient['oauth']['v2'];
  readonly clock: Clock;
  readonly log: Log;
  save(install: Install): Promise<void>;
  /** Slack renews nothing more here: somebody has to install the app again. */
  ended(install: Install): void;
}

/** A token works for 12 hours: https://docs.slack.dev/authentication/using-token-rotation */
const RENEWED_BEFORE_MS = 2 * 3_600_000;

/** How long Slack is left alone after a renewal that failed. */
const RETRY_MS = 60_000;

/** A refresh token is used up, or its app was removed. */
const REFUSALS: ReadonlySet<string> = new Set([
  'invalid_refresh_token',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'invalid_auth',
]);

/**
 * Slack takes a refresh token once. So the new pair is on disk before it is used; and where we stop
 * between Slack's answer and the disk, Slack refuses the old refresh token after the restart, and
 * the workspace is asked to install again, while the old token works until its end.
 */
export class RotatingTokens implements Tokens {
  readonly #parts: TokenParts;
  #install: Install;
  #retired = false;
  #isUnsaved = false;
  #retryAt = 0;
  #renewing: Promise<void> | undefined;

  constructor(install: Install, parts: TokenParts) {
    this.#install = install;
    this.#parts = parts;
  }

  async get(): Promise<string> {
    this.#renewing ??= this.#freshen().finally(() => (this.#renewing = undefined));
    await this.#renewing;
    if (this.#left() > 0) return this.#install.botToken;
    throw this.#install.refreshToken === undefined ? over() : late();
  }

  retire(): void {
    this.#retired = true;
  }

  /** Milliseconds to the end of the token. */
  #left(): number {
    return (this.#install.expiresAt ?? Infinity) - this.#parts.clock().getTime();
  }

  async #freshen(): Promise<void> {
    if (this.#retired || this.#parts.clock().getTime() < this.#retryAt) return;
    const { refreshToken } = this.#install;
    if (refreshToken !== undefined && this.#left() < RENEWED_BEFORE_MS) {
      await this.#renew(refreshToken);
    } else if (this.#isUnsaved) await this.#save();
  }

  async #renew(refreshToken: string): Promise<void> {
    this.#waitABit();
    try {
      this.#install = { ...this.#install, ...(await ask(this.#parts, refreshToken)) };
    } catch (error) {
      if (!this.#isOver(error)) return;
    }
    await this.#save();
  }

  /** Whether a failed renewal was the last one. */
  #isOver(error: unknown): boolean {
    const { log } = this.#parts;
    const what = { tenant: this.#install.team, detail: messageOf(error) };
    if (!REFUSALS.has(slackErrorOf(error) ?? '')) {
      log.warn(what, 'a token was not renewed');
      return false;
    }
    log.error(what, ENDED);
    this.#install = withoutRefreshToken(this.#install);
    this.#parts.ended(this.#install);
    return true;
  }

  async #save(): Promise<void> {
    if (this.#retired) return;
    this.#waitABit();
    try {
      await this.#parts.save(this.#install);
      this.#isUnsaved = false;
    } catch (error) {
      this.#isUnsaved = true;
      this.#parts.log.error({ tenant: this.#install.team, err: error }, UNSAVED);
    }
  }

  #waitABit(): void {
    this.#retryAt = this.#parts.clock().getTime() + RETRY_MS;
  }
}

function withoutRefreshToken(install: Install): Install {
  const { refreshToken, ...rest } = install;
  return refreshToken === undefined ? install : rest;
}

type Renewed = Pick<Install, 'botToken'> & Partial<Pick<Install, 'refreshToken' | 'expiresAt'>>;

async function ask(parts: TokenParts, refreshToken: string): Promise<Renewed> {
  const { clientId, clientSecret, oauth, clock } = parts;
  const answer = await oauth.access({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
  const { access_token: botToken, refresh_token: next, expires_in: seconds } = answer;
  if (botToken === undefined || next === undefined || seconds === undefined) {
    throw new Error('Slack renewed a token without giving it');
  }
  return { botToken, refreshToken: next, expiresAt: clock().getTime() + seconds * 1000 };
}

function over(): DeliveryError {
  return new DeliveryError(
    'no-access',
    'Slack renews Paperboy’s access to this workspace no more: install Paperboy again.',
  );
}

function late(): DeliveryError {
  return new DeliveryError('unavailable', 'Slack could not be asked for a new token.');
}

const ENDED =
  'page the operator: Slack refuses to renew a workspace’s token, most likely since Paperboy was ' +
  'stopped while it was renewed; who installed Paperboy there is asked to install it again';

const UNSAVED =
  'page the operator: a renewed token could not be saved; if Paperboy stops before it is, the ' +
  'workspace has to install it again';
