import type { CommandCall, SuggestCall, Suggestion } from '../command-call.ts';
import type { Libraries } from '../library.ts';
import type { DateString, Paper } from '../paper.ts';
import type { ArgDefinition, ChannelRef, ReaderRef, Reply } from '../platform.ts';
import type { Privacy } from '../privacy.ts';
import type { Ranked } from '../ranking/signal.ts';
import type { SearchAnswer, SearchOptions } from '../search-answer.ts';
import type { HeldDigest, StatusReport } from '../status.ts';
import type { Subscription, SubscriptionWish, TopicsWish } from '../subscription.ts';

export * from '../search-answer.ts';
export * from '../status.ts';
export * from '../subscription.ts';

interface Kinds {
  text: string;
  integer: number;
}

/** What a suggestion may look at. */
export interface SuggestContext {
  readonly call: SuggestCall;
  readonly services: CommandServices;
}

/**
 * How far words that fit an argument are meant for it where they stand without its name: surely, only
 * where they stand alone or among other settings, also after other words that they end (since those
 * go on with a noun: `early`), or never.
 */
export type Trust = 'sure' | 'doubtful' | 'after' | 'never';

/** An argument, with what completes it where anything can. */
export interface CommandArg extends ArgDefinition {
  /** Whether these words can be its value: then they may be several, and stand in any place. */
  readonly fits?: (words: string) => boolean;
  /** Whether this word is surely meant for it, right or wrong: its own error is then the best one. */
  readonly claims?: (word: string) => boolean;
  /** `sure` for all words unless this says less; `after` is the argument whose words come before. */
  readonly trust?: (words: string, after: string | undefined) => Trust;
  /** Several values with commas between, where quotes keep together what has a comma. */
  readonly list?: boolean;
  /** Words that are left out where its own could begin. */
  readonly filler?: RegExp;
  /** What to write instead of words that are hardly meant for it; empty for how the command is used. */
  readonly instead?: (words: string) => string | undefined;
  /** Other names that it goes by in text: `tz`. */
  readonly aliases?: readonly string[];
  /** At most 25, best first. Rejects only with bugs, which are hidden. */
  readonly suggest?: (
    typed: string,
    context: SuggestContext,
  ) => readonly Suggestion[] | Promise<readonly Suggestion[]>;
  /** Throws `UserError` for text that can't be meant here. */
  readonly check?: (text: string) => unknown;
}

/** The typed values of a command's arguments, optional where not required. */
type ArgsOf<Args extends readonly ArgDefinition[]> = {
  readonly [A in Args[number] as A['name']]: A['required'] extends true
    ? Kinds[A['kind']]
    : Kinds[A['kind']] | undefined;
};

/**
 * One subcommand of `/papers`. This one definition gives Discord's options, Slack's text parsing,
 * autocomplete and help.
 */
export interface Command<Args extends readonly CommandArg[] = readonly CommandArg[]> {
  readonly name: string;
  /** One line, in the imperative: `Search papers by topic`. */
  readonly summary: string;
  readonly args: Args;
  /** Only for readers who may manage the channel; `partly` where `run` itself says which of it. */
  readonly manages?: true | 'partly';
  /** Keeps or drops papers, as reactions do: readers may do that more often. */
  readonly keeps?: boolean;
  /** Its answers are as a rule for the caller alone. */
  readonly private?: boolean;
  /** Its name in the menu of a message that links to papers; the ids are its first argument. */
  readonly menu?: string;
  /** A whole example call without `/papers`: `topic "video generation" --count 3`. */
  readonly example: string;
  /** Rejects with `UserError` for what the reader can mend; anything else is a bug and is hidden. */
  run(args: ArgsOf<Args>, context: CommandContext): Promise<Reply>;
}

/** Gives the literal types of `args` to `run`. */
export function defineCommand<const Args extends readonly CommandArg[]>(
  command: Command<Args>,
): Command {
  return command;
}

export interface CommandContext {
  readonly call: CommandCall;
  readonly now: Date;
  readonly services: CommandServices;
}

/** What commands may use, implemented by the rest of the core and handed in. */
export interface CommandServices {
  /** The newest closed list (or the sample), ranked for the channel. */
  today(channel: ChannelRef, count: number): Promise<RankedList>;
  /**
   * The same in the order of what one reader saved and liked, by the topics and mutes of their own
   * digest, and without what the channel mutes.
   */
  forReader(reader: ReaderRef, channel: ChannelRef, count: number): Promise<OwnList>;
  /** The best of the last `days` days by age-corrected votes. */
  trending(channel: ChannelRef, days: number, count: number): Promise<RankedList>;
  /** Searches everything; never rejects because a source does. */
  search(query: string, options: SearchOptions): Promise<SearchAnswer>;
  /** One paper from the archive, or from a source and then kept; undefined when nobody knows it. */
  find(id: string): Promise<Paper | undefined>;
  /** The papers of the archive most like one, best first, without what the channel mutes. */
  similar(channel: ChannelRef, paper: Paper, count: number): Promise<readonly Paper[]>;
  subscription(channel: ChannelRef): Promise<Subscription | undefined>;
  /** Creates or replaces; returns what is now in force. */
  subscribe(wish: SubscriptionWish): Promise<Subscription>;
  /** Changes nothing else, and nothing where there is no subscription. */
  setTopics(wish: TopicsWish): Promise<void>;
  /** False when there was none. */
  unsubscribe(channel: ChannelRef): Promise<boolean>;
  /** Newest first; with a query only those whose text matches. */
  bookmarks(reader: ReaderRef, query?: string): Promise<readonly Paper[]>;
  /** True when it was not in the reader's library before. */
  save(reader: ReaderRef, paper: string): Promise<boolean>;
  /** True when it was in the reader's library before. */
  unsave(reader: ReaderRef, paper: string): Promise<boolean>;
  readonly libraries: Libraries;
  readonly privacy: Privacy;
  /** A platform as people call it, by its id. */
  nameOf(platform: string): string;
  /** Whether links to papers that people paste there are shown as cards. */
  showsLinks(channel: ChannelRef): Promise<boolean>;
  setLinks(channel: ChannelRef, shown: boolean): Promise<void>;
  status(channel: ChannelRef): Promise<StatusReport>;
  /** What the channel's next digest would hold if it came now. */
  nextDigest(channel: ChannelRef): Promise<NextDigest>;
  /** Posts a digest of what is newest at once, beside the schedule; at most one a day. */
  postNow(channel: ChannelRef): Promise<PostedNow>;
  /** Posts what is held there of the newest digest that is; undefined for none. */
  postHeld(channel: ChannelRef): Promise<HeldDigest | undefined>;
  /** Gives it up, since it stands there or is not wanted. */
  dropHeld(channel: ChannelRef): Promise<HeldDigest | undefined>;
  /** What would keep a digest from being posted there, a sentence each. */
  problems(channel: ChannelRef): Promise<readonly string[]>;
  /** Papers whose titles hold these words, the last one perhaps cut short; newest first. */
  suggestPapers(typed: string): Promise<readonly Suggestion[]>;
  /** Topics of recent papers that begin so, the most common first. */
  suggestTopics(typed: string): Promise<readonly Suggestion[]>;
}

export interface RankedList {
  /** The lists drawn from, newest first; empty when the archive has none. */
  readonly dates: readonly DateString[];
  readonly ranked: readonly Ranked[];
  /** One line when something is missing: a failed source, a quiet day. */
  readonly note?: string;
}

export interface OwnList extends RankedList {
  /** False while nothing is known of the reader's taste. */
  readonly learnt: boolean;
}

/** A paper that a digest leaves out, and why in a few words. */
export interface DroppedPaper {
  readonly paper: Paper;
  readonly reason: string;
}

export interface NextDigest extends RankedList {
  readonly dropped: readonly DroppedPaper[];
  /** An earlier one waits to be posted, and is not counted. */
  readonly waits?: boolean;
  readonly subscription?: Subscription;
}

export interface PostedNow {
  /** 0 when there is nothing new, and so nothing is posted. */
  readonly papers: number;
  /** There was one on this day already, so nothing is posted. */
  readonly already: boolean;
  /** Something waits to be posted, be it this or what was planned before. */
  readonly waits?: boolean;
  /** When what waits first is tried again, where that is not now. */
  readonly nextTry?: Date;
  /** Something may stand here already, and waits for somebody to look. */
  readonly held?: boolean;
  /** Why there is nothing, or less. */
  readonly note?: string;
  /** Why the channel took nothing so far; it is tried again at once. */
  readonly refusal?: string;
}
