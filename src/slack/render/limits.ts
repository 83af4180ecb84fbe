// https://docs.slack.dev/reference/block-kit/blocks
export const BLOCKS_MAX = 50;
export const HOME_BLOCKS_MAX = 100;
export const HEADER_MAX = 150;
export const SECTION_MAX = 3000;
export const CONTEXT_MAX = 2000;
export const BUTTONS_MAX = 25;
export const OPTIONS_MAX = 100;
export const LABEL_MAX = 75;
export const PLACEHOLDER_MAX = 150;
export const BUTTON_VALUE_MAX = 2000;
export const OPTION_VALUE_MAX = 150;
export const URL_MAX = 3000;
export const ACTION_ID_MAX = 255;

/** The longest title that is shown whole; the longest on arXiv has about 250 characters. */
export const TITLE_MAX = 500;

/**
 * Slack refuses a message (`msg_blocks_too_long`) at about 13,200 characters over all its blocks,
 * which it does not document (slackapi/bolt-js#2509), so we stay well below.
 */
export const TOTAL_MAX = 12_000;

/** Where Slack cuts the text of a message off. */
export const TEXT_MAX = 40_000;

/** Slack's advice for a message's top-level text. */
export const NOTIFICATION_MAX = 4000;
