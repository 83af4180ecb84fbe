import type { CallProblem, CommandCall, SuggestCall, Suggestion } from './command-call.ts';
import type { Form } from './form.ts';
import type { Home, HomeCall } from './home.ts';
import type { Installations } from './installations.ts';
import type { Journal } from './journal.ts';
import type { Message } from './message.ts';

/** A place where messages stand: a channel, thread or direct message of one tenant. */
export interface ChannelRef {
  /** The `ChatPlatform.id`. */
  readonly platform: string;
  /** The Discord server, Slack workspace, or `local`. */
  readonly tenant: string;
  readonly channel: string;
}

/** One message as the platform names it (a snowflake, a Slack `ts`). */
export interface MessageRef extends ChannelRef {
  readonly message: string;
}

/** A person, known by platform and user id. */
export interface ReaderRef {
  readonly platform: string;
  /** Where the id is unique: the Slack workspace, or all of Discord. */
  readonly tenant: string;
  readonly user: string;
}

export interface Reaction {
  /** Always Unicode, without skin tone or variation selector: `🔖`. */
  readonly emoji: string;
  readonly added: boolean;
  readonly message: MessageRef;
  readonly reader: ReaderRef;
}

/** The emoji that mean something to the core: keep, more like this, less like this. */
export const MEANINGFUL_EMOJI: readonly string[] = ['🔖', '👍', '👎'];

/** What a command answers. A private reply is seen by the caller alone. */
export interface Reply {
  readonly private: boolean;
  readonly message: Message;
  /** Shown in place of the message by a service that has forms, while the reader still waits. */
  readonly form?: Form;
}

/** Where the bot is or was: a whole tenant, or one channel of it. */
export interface Place {
  readonly platform: string;
  readonly tenant: string;
  readonly channel?: string;
}

/**
 * Implemented by the core; a platform calls it. Where nothing else is said no method rejects:
 * failures become replies or logs.
 */
export interface Inbox {
  command(call: CommandCall): Promise<Reply>;
  /** What is wrong with a call, without making it: at once, and nothing is asked of anybody. */
  check(call: CommandCall): readonly CallProblem[];
  /** What may complete an argument as it is typed, best first; at most 25. */
  suggest(call: SuggestCall): Promise<readonly Suggestion[]>;
  /**
   * Rejects when the database fails, so that a platform which has written the reaction down tells
   * it again; the same one twice changes nothing.
   */
  reaction(reaction: Reaction): Promise<void>;
  /** A reader's own page, once what they pressed on it is done. Rejects when the database fails. */
  home(call: HomeCall): Promise<Home>;
  /** Who has this emoji on a message now, the bot left out: makes up for reactions that were missed. */
  reacted(message: MessageRef, emoji: string, readers: readonly ReaderRef[]): Promise<void>;
  /** The messages with papers that the platform has posted since then, newest first. */
  recent(platform: string, since: Date): Promise<readonly MessageRef[]>;
  /**
   * What to show at links that somebody pasted in a channel; empty where it wants no cards, or none
   * is to a paper that is known. Rejects when the database fails.
   */
  linked(channel: ChannelRef, urls: readonly string[]): Promise<readonly LinkCard[]>;
  /** Tells the core that a reply now stands as this message, so that reactions on it are understood. */
  replied(ref: MessageRef, message: Message): Promise<void>;
  /** The tenants with a channel that something is kept of. */
  tenants(platform: string): Promise<readonly string[]>;
  /**
   * The bot was removed there, or the channel is gone: nothing is posted, settings stay 30 days.
   * Rejects when the database fails, so that a platform which can tells it again.
   */
  left(place: Place): Promise<void>;
  /** The bot is there (again): what was kept is in force. Rejects when the database fails. */
  joined(place: Place): Promise<void>;
  readonly memory: PlatformMemory;
  readonly journal: Journal;
  readonly installations: Installations;
}

/** A card that stands in for the preview of a link. */
export interface LinkCard {
  /** As it was pasted. */
  readonly url: string;
  readonly message: Message;
}

/** Small facts that a platform must remember over restarts. A fact that can't be read is undefined. */
export interface PlatformMemory {
  get(platform: string, key: string): Promise<string | undefined>;
  set(platform: string, key: string, value: string): Promise<void>;
}

/** What a platform needs to offer the commands natively. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly ArgDefinition[];
  /** Whether all or some of it needs the right to manage the channel: calls must say who has it. */
  readonly manages: boolean;
  /** Whether its answers are as a rule for the caller alone: what a service must know beforehand. */
  readonly private: boolean;
  /** Its name in the menu of a message: called there with the ids of the papers that it links to. */
  readonly menu?: string;
}

export interface ArgDefinition {
  readonly name: string;
  readonly summary: string;
  readonly kind: 'text' | 'integer';
  readonly required: boolean;
  /** Takes the rest of the line, spaces included, when parsed from text. */
  readonly rest?: boolean;
  readonly choices?: readonly string[];
  /** Inclusive, for integers. */
  readonly min?: number;
  readonly max?: number;
  /** Only for services that hand over pasted links: see `Inbox.linked`. */
  readonly links?: boolean;
  /** `Inbox.suggest` has something to offer for it. */
  readonly suggests?: boolean;
}

export interface PostOptions {
  /** Post in this message's thread. */
  readonly thread?: MessageRef;
  /** Names this message for ever: a platform that has already posted it returns the first one's ref. */
  readonly key: string;
  /**
   * When an earlier attempt began that may have reached the service: the platform then looks for
   * that message before it posts.
   */
  readonly attemptedAt?: Date;
  /** A person has looked for it in vain: where the platform can't, it posts. */
  readonly released?: boolean;
  /** Look for it alone: reject with `absent` in place of posting. */
  readonly findOnly?: boolean;
  readonly signal?: AbortSignal;
}

/** One chat service. Its methods reject only with `DeliveryError`. */
export interface ChatPlatform {
  readonly id: string;
  /** As people call it: `your account on` this. */
  readonly name: string;
  /** For the operator, once started: where it is, `the local page http://…`. */
  describe(): string;
  /** Connects, and calls the inbox from then on. Resolves when messages can be posted. */
  start(inbox: Inbox, commands: readonly CommandDefinition[]): Promise<void>;
  /** Posts a message that pings nobody; resolves with its own ref once the platform accepted it. */
  post(channel: ChannelRef, message: Message, options: PostOptions): Promise<MessageRef>;
  /**
   * Replaces a posted message's content in place, on its first page alone: with what it was `before`,
   * it rejects with `rejected` where the new one would break into pages elsewhere, and with
   * `no-access` where it would open a thread that is at rest.
   */
  update(ref: MessageRef, message: Message, before?: Message): Promise<void>;
  /**
   * Writes to a person alone about a channel, which the message is made to name. The key names the
   * message for ever, as for `post`.
   */
  tell(reader: ReaderRef, about: ChannelRef, message: Message, key: string): Promise<void>;
  /**
   * What would keep a digest from being posted there, a sentence each that names the right that is
   * missing and where to grant it; empty when nothing is known to. What threads
   * need counts as well, unless papers don't stand `inThreads` there.
   */
  problems?(channel: ChannelRef, inThreads?: boolean): Promise<readonly string[]>;
  /** Closes every connection. Calling it again does nothing. */
  stop(): Promise<void>;
}
