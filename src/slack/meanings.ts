import type { DeliveryErrorKind } from '../core/index.ts';

export interface Meaning {
  readonly kind: DeliveryErrorKind;
  /** What to do about it, as a sentence. */
  readonly advice: string;
}

const GONE: Meaning = {
  kind: 'channel-gone',
  advice: 'The channel was deleted or archived, or belongs to another workspace.',
};
const NOT_THERE: Meaning = {
  kind: 'no-access',
  advice: 'Invite Paperboy to the channel: /invite @Paperboy.',
};
const FORBIDDEN: Meaning = {
  kind: 'no-access',
  advice: 'Ask a workspace admin to let Paperboy post there.',
};
export const REMOVED: Meaning = {
  kind: 'no-access',
  advice: 'Paperboy was removed from the workspace; install it again.',
};
/** Asking a channel again is no help: all of them wait until the token is right. */
const BAD_TOKEN: Meaning = {
  kind: 'unavailable',
  advice: 'Slack doesn’t accept the token; copy the bot token again from the app’s settings.',
};
const CONTENT: Meaning = { kind: 'rejected', advice: 'Slack refuses what the message holds.' };
/** Somebody closed this one thread: the next digest has its own. */
const LOCKED: Meaning = { kind: 'rejected', advice: 'The thread is locked.' };
const MISSING: Meaning = {
  kind: 'rejected',
  advice: 'The message that it belongs to is gone.',
};
const NOBODY: Meaning = { kind: 'rejected', advice: 'Slack knows nobody like that to write to.' };
export const UNCLEAR: Meaning = {
  kind: 'unknown-outcome',
  advice: 'Slack failed, and may or may not have posted the message.',
};
const SLOW_DOWN: Meaning = { kind: 'rate-limited', advice: 'Slack asks us to wait.' };

/** A name that is not listed: Slack may take back what it refuses, so it is asked again later. */
export const UNKNOWN: Meaning = {
  kind: 'no-access',
  advice: 'Slack refuses it; https://docs.slack.dev/reference/methods/chat.postMessage says why.',
};

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  channel_not_found: GONE,
  is_archived: GONE,
  channel_is_archived: GONE,
  not_in_channel: NOT_THERE,
  restricted_action: FORBIDDEN,
  restricted_action_read_only_channel: FORBIDDEN,
  restricted_action_thread_only_channel: FORBIDDEN,
  restricted_action_non_threadable_channel: FORBIDDEN,
  restricted_action_thread_locked: LOCKED,
  access_denied: FORBIDDEN,
  no_permission: FORBIDDEN,
  ekm_access_denied: FORBIDDEN,
  cant_update_message: FORBIDDEN,
  missing_scope: {
    kind: 'no-access',
    advice: 'Paperboy lacks a scope; install the app again with the scopes of its manifest.',
  },
  message_limit_exceeded: {
    kind: 'no-access',
    advice: 'The workspace has reached its limit of messages.',
  },
  token_revoked: REMOVED,
  account_inactive: REMOVED,
  app_uninstalled: REMOVED,
  invalid_auth: BAD_TOKEN,
  not_authed: BAD_TOKEN,
  token_expired: BAD_TOKEN,
  invalid_blocks: CONTENT,
  invalid_blocks_format: CONTENT,
  msg_too_long: CONTENT,
  msg_blocks_too_long: CONTENT,
  no_text: CONTENT,
  user_not_found: NOBODY,
  users_not_found: NOBODY,
  user_disabled: NOBODY,
  cannot_dm_bot: NOBODY,
  invalid_arguments: CONTENT,
  cannot_parse_attachment: CONTENT,
  invalid_attachments: CONTENT,
  too_many_attachments: CONTENT,
  metadata_too_large: CONTENT,
  invalid_metadata_format: CONTENT,
  invalid_unfurls_format: CONTENT,
  cannot_unfurl_url: CONTENT,
  cannot_unfurl_message: CONTENT,
  message_not_found: MISSING,
  cannot_find_message: MISSING,
  thread_not_found: MISSING,
  cannot_reply_to_message: MISSING,
  invalid_cursor: UNCLEAR,
  fatal_error: UNCLEAR,
  internal_error: UNCLEAR,
  request_timeout: UNCLEAR,
  service_unavailable: UNCLEAR,
  ratelimited: SLOW_DOWN,
  rate_limited: SLOW_DOWN,
};
