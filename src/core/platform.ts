import type { CommandCall } from './command-call.ts';
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

/** A person, known by platform and user id. On platforms with tenants the id is unique within it. */
export interface ReaderRef {
  readonly platform: string;
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

/** What a command answers. A private reply is seen by the caller alone. */
export interface Reply {
  readonly private: boolean;
  readonly message: Message;
}

/** Implemented by the core; a platform calls it. No method rejects: failures become replies or logs. */
export interface Inbox {
  command(call: CommandCall): Promise<Reply>;
  reaction(reaction: Reaction): Promise<void>;
  /** Tells the core that a reply now stands as this message, so that reactions on it are understood. */
  replied(ref: MessageRef, message: Message): Promise<void>;
}

/** What a platform needs to offer the commands natively. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly ArgDefinition[];
  /** Needs the right to manage the channel. */
  readonly manages: boolean;
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
}

export interface PostOptions {
  /** Post in this message's thread. */
  readonly thread?: MessageRef;
  /** Names this message for ever: a platform that has already posted it returns the first one's ref. */
  readonly key: string;
  readonly signal?: AbortSignal;
}

/** One chat service. Its methods reject only with `DeliveryError`. */
export interface ChatPlatform {
  readonly id: string;
  /** For the operator, once started: where it is, `the local page http://…`. */
  describe(): string;
  /** Connects, and calls the inbox from then on. Resolves when messages can be posted. */
  start(inbox: Inbox, commands: readonly CommandDefinition[]): Promise<void>;
  /** Posts a message that pings nobody; resolves with its own ref once the platform accepted it. */
  post(channel: ChannelRef, message: Message, options: PostOptions): Promise<MessageRef>;
  /** Replaces a posted message's content in place. */
  update(ref: MessageRef, message: Message): Promise<void>;
  /** Closes every connection. Calling it again does nothing. */
  stop(): Promise<void>;
}
