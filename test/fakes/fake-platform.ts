import { absent, DeliveryError } from '../../src/core/errors.ts';
import type { ArgValues, CommandCall } from '../../src/core/command-call.ts';
import type { Message } from '../../src/core/message.ts';
import type {
  ChannelRef,
  ChatPlatform,
  CommandDefinition,
  Inbox,
  MessageRef,
  PostOptions,
  ReaderRef,
  Reply,
} from '../../src/core/platform.ts';

/** A message as it stands on the fake platform. */
interface FakeMessage {
  readonly ref: MessageRef;
  readonly message: Message;
  /** The message in whose thread it stands. */
  readonly thread?: MessageRef;
  /** Absent for answers to commands. */
  readonly key?: string;
  /** How many times it was replaced. */
  readonly updates: number;
}

/** A direct message. */
interface Told {
  readonly reader: ReaderRef;
  readonly about: ChannelRef;
  readonly message: Message;
  readonly key: string;
}

interface FailureOptions {
  /** The message stands all the same. */
  readonly posted?: boolean;
  /** How many calls go well before. */
  readonly after?: number;
}

/** A chat service in memory: what tests see of it, and what its readers do. */
export interface FakePlatform extends ChatPlatform {
  readonly channel: ChannelRef;
  readonly reader: ReaderRef;
  readonly running: boolean;
  readonly definitions: readonly CommandDefinition[];
  /** Oldest first. */
  readonly messages: readonly FakeMessage[];
  /** How each call of `post` was made, oldest first. */
  readonly posts: readonly PostOptions[];
  readonly privateReplies: readonly { readonly reader: ReaderRef; readonly message: Message }[];
  /** What people were told in private, oldest first. */
  readonly told: readonly Told[];
  /** Fails the next call of `post`, `update` or `tell`; with `posted` the message stands all the same. */
  failNext(error: Error, options?: FailureOptions): void;
  /** Holds the next call of `post` until it is released. */
  holdNext(): { readonly reached: Promise<void>; release(): void };
  /** A reader types `/papers` and this. */
  type(text: string, call?: Partial<CommandCall>): Promise<Reply>;
  /** A reader fills in the command's own form, or presses a button. */
  call(name: string, args: ArgValues, call?: Partial<CommandCall>): Promise<Reply>;
  react(ref: MessageRef, emoji: string, added?: boolean, reader?: ReaderRef): Promise<void>;
  /** The bot itself reacts, as some platforms report back. */
  reactAsBot(ref: MessageRef, emoji: string): Promise<void>;
}

interface State {
  readonly id: string;
  messages: FakeMessage[];
  posts: PostOptions[];
  told: Told[];
  privateReplies: { reader: ReaderRef; message: Message }[];
  definitions: readonly CommandDefinition[];
  inbox?: Inbox;
  failure?: { readonly error: Error; readonly posted: boolean; after: number };
  hold?: () => Promise<void>;
  count: number;
}

/** A running fake refuses whatever a service would: other places, unknown messages, a stopped bot. */
export function createFakePlatform(id = 'fake'): FakePlatform {
  const state: State = {
    id,
    messages: [],
    posts: [],
    told: [],
    privateReplies: [],
    definitions: [],
    count: 0,
  };
  const channel: ChannelRef = { platform: id, tenant: 'lab', channel: 'papers' };
  const reader: ReaderRef = { platform: id, tenant: 'lab', user: 'ada' };
  const bot: ReaderRef = { platform: id, tenant: 'lab', user: BOT };
  const base = { channel, reader, canManage: true };
  return {
    id,
    channel,
    reader,
    name: 'the fake platform',
    describe: () => 'the fake platform',
    get running() {
      return state.inbox !== undefined;
    },
    get definitions() {
      return state.definitions;
    },
    get messages() {
      return state.messages;
    },
    get posts() {
      return state.posts;
    },
    get told() {
      return state.told;
    },
    get privateReplies() {
      return state.privateReplies;
    },
    failNext: (error, { posted = false, after = 0 } = {}) => {
      state.failure = { error, posted, after };
    },
    holdNext: () => {
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const reached = new Promise<void>((resolve) => {
        state.hold = () => {
          resolve();
          return released;
        };
      });
      return {
        reached,
        release: () => {
          release();
        },
      };
    },
    start: (inbox, definitions) => {
      state.inbox = inbox;
      state.definitions = definitions;
      return Promise.resolve();
    },
    stop: () => {
      delete state.inbox;
      return Promise.resolve();
    },
    post: async (place, message, options) => {
      const { hold } = state;
      delete state.hold;
      await hold?.();
      return post(state, place, message, options);
    },
    update: (ref, message) =>
      Promise.resolve().then(() => {
        update(state, ref, message);
      }),
    tell: (by, about, message, key) =>
      Promise.resolve().then(() => {
        tell(state, { reader: by, about, message, key });
      }),
    type: (text, call = {}) => command(state, { ...base, name: '', input: { text }, ...call }),
    call: (name, args, call = {}) => command(state, { ...base, name, input: { args }, ...call }),
    react: (ref, emoji, added = true, by = reader) => react(state, ref, emoji, added, by),
    reactAsBot: (ref, emoji) => react(state, ref, emoji, true, bot),
  };
}

const BOT = 'paperboy';

function inboxOf({ inbox }: State): Inbox {
  if (inbox === undefined) throw new DeliveryError('unavailable', 'The fake is not running.');
  return inbox;
}

function post(state: State, place: ChannelRef, message: Message, options: PostOptions): MessageRef {
  inboxOf(state);
  const { key, thread, signal, findOnly } = options;
  state.posts.push(options);
  if (place.platform !== state.id) throw new DeliveryError('channel-gone', 'No such channel.');
  const first = state.messages.find((posted) => posted.key === key);
  if (first !== undefined) return first.ref;
  if (findOnly === true) throw absent();
  if (signal?.aborted === true) throw new DeliveryError('unavailable', 'Called off.');
  const root = thread === undefined ? undefined : indexOf(state, thread);
  const failure = takeFailure(state);
  if (failure !== undefined && !failure.posted) throw failure.error;
  const standing = root === undefined ? undefined : state.messages[root];
  const home = standing?.thread ?? standing?.ref;
  const ref = add(state, place, message, { key, ...(home === undefined ? {} : { thread: home }) });
  if (failure !== undefined) throw failure.error;
  return ref;
}

function add(
  state: State,
  { platform, tenant, channel }: ChannelRef,
  message: Message,
  rest: Pick<FakeMessage, 'key' | 'thread'> = {},
): MessageRef {
  state.count += 1;
  const ref = { platform, tenant, channel, message: `message-${state.count}` };
  state.messages.push({ ref, message, updates: 0, ...rest });
  return ref;
}

function update(state: State, ref: MessageRef, message: Message): void {
  inboxOf(state);
  const index = indexOf(state, ref);
  const failure = takeFailure(state);
  const old = state.messages[index];
  if (old !== undefined && failure?.posted !== false) {
    state.messages[index] = { ...old, message, updates: old.updates + 1 };
  }
  if (failure !== undefined) throw failure.error;
}

function tell(state: State, told: Told): void {
  inboxOf(state);
  if (told.reader.platform !== state.id) throw new DeliveryError('rejected', 'Nobody here.');
  const failure = takeFailure(state);
  const isNew = state.told.every(({ key }) => key !== told.key);
  if (failure?.posted !== false && isNew) state.told.push(told);
  if (failure !== undefined) throw failure.error;
}

function indexOf(state: State, ref: MessageRef): number {
  const index = state.messages.findIndex((posted) => posted.ref.message === ref.message);
  if (index === -1) throw new DeliveryError('rejected', 'No such message.');
  return index;
}

function takeFailure(state: State): State['failure'] {
  const { failure } = state;
  if (failure !== undefined && failure.after > 0) {
    failure.after -= 1;
    return undefined;
  }
  delete state.failure;
  return failure;
}

async function command(state: State, call: CommandCall): Promise<Reply> {
  const inbox = inboxOf(state);
  const reply = await inbox.command(call);
  if (reply.private) {
    state.privateReplies.push({ reader: call.reader, message: reply.message });
  } else {
    await inbox.replied(add(state, call.channel, reply.message), reply.message);
  }
  return reply;
}

async function react(
  state: State,
  message: MessageRef,
  emoji: string,
  added: boolean,
  reader: ReaderRef,
): Promise<void> {
  if (reader.user === BOT) return;
  const plain = emoji.replace(/\u{FE0F}|[\u{1F3FB}-\u{1F3FF}]/gu, '');
  await inboxOf(state).reaction({ emoji: plain, added, message, reader });
}
