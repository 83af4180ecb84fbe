import type { Clock, Log } from '../core/index.ts';

export interface SlackSettings {
  /** The bot's token in the one workspace: `xoxb-…`. */
  readonly botToken?: string;
  /** With an app token, `xapp-…`, Slack is reached by Socket Mode and no port is opened. */
  readonly appToken?: string;
  /** Without an app token: what Slack signs its requests with. */
  readonly signingSecret?: string;
  /** Lets workspaces install the app by themselves, over HTTP, in place of the one bot token. */
  readonly oauth?: OAuthSettings;
  /** The port for Slack's requests where there is no app token; 0 lets the system choose. */
  readonly port: number;
  /** The Web API's base address, such as `https://slack.com/api`, where it is another. */
  readonly apiUrl?: string;
  /** Who may manage a channel's digest: its creator and workspace admins, or every member. */
  readonly managers: 'admins' | 'everyone';
  /** From one post to the next in one channel, in milliseconds; `PACE_MS` unless told. */
  readonly paceMs?: number;
  /** From one look at a message's reactions to the next, in milliseconds; `LOOK_MS` unless told. */
  readonly lookMs?: number;
  /** From a first try at what Slack sent to the second, in milliseconds; a second unless told. */
  readonly retryMs?: number;
  /** How long one call of the Web API may take, in milliseconds; `TIMEOUT_MS` unless told. */
  readonly timeoutMs?: number;
  readonly log: Log;
  readonly clock: Clock;
}

/** What an app that any workspace may install needs. */
export interface OAuthSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** 32 bytes each, in base64 or hexadecimal. The first encrypts tokens, and all decrypt them. */
  readonly encryptionKeys: readonly string[];
  /** Where the port is reached from outside, without a closing slash: `https://papers.example`. */
  readonly address?: string;
}

/** One thing that was looked at. What is not well says what to do. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

export const SLACK = 'slack';

/**
 * Slack allows one message a second in a channel, and may hide what comes faster without an error:
 * https://docs.slack.dev/apis/web-api/rate-limits. A little more keeps us clear of the edge.
 */
export const PACE_MS = 1100;

/**
 * Slack takes about 50 a minute of `reactions.get` (tier 3) from each workspace, and should have
 * some to spare: https://docs.slack.dev/apis/web-api/rate-limits
 */
export const LOOK_MS = 1500;

/** Slack's client has no limit of its own, and waits for ever for an answer that never comes. */
export const TIMEOUT_MS = 10_000;
