import type { ChannelRef, ReaderRef } from './platform.ts';

/** A parsed argument's value; a list is an argument given several times (topics). */
export type ArgValue = string | number | boolean | readonly string[];

export type ArgValues = Readonly<Record<string, ArgValue | undefined>>;

/**
 * A reader's wish, as a platform hands it over. `args` is either text to be parsed by the core's
 * parser (Slack, the preview, a terminal) or values already typed by the platform (Discord's
 * options, a pressed button), which the core checks all the same.
 */
export interface CommandCall {
  /** The subcommand: `topic`. With `text` it may be empty: the parser finds it in the text. */
  readonly name: string;
  readonly input: { readonly text: string } | { readonly args: ArgValues };
  readonly channel: ChannelRef;
  readonly reader: ReaderRef;
  /** Whether the platform lets this reader manage the channel's schedule. */
  readonly canManage: boolean;
  /** Whether the channel is a direct message between this reader and the bot. */
  readonly direct?: boolean;
  /** The reader's IANA time zone, where the platform knows it. */
  readonly timezone?: string;
}

/** An argument being typed. */
export interface SuggestCall {
  /** The subcommand. */
  readonly name: string;
  readonly arg: string;
  /** So far; may be empty. */
  readonly typed: string;
  readonly channel: ChannelRef;
  readonly reader: ReaderRef;
}

/** One offer for an argument: what the reader sees, and what is put in. Both at most 100 characters. */
export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

/** Why a call would be refused, as a sentence for its caller. */
export interface CallProblem {
  /** The argument at fault; absent where it is none of them. */
  readonly arg?: string;
  readonly message: string;
}
