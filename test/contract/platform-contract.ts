import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandCall } from '../../src/core/command-call.ts';
import { createDispatch } from '../../src/core/commands/index.ts';
import { DeliveryError, UserError, type DeliveryErrorKind } from '../../src/core/errors.ts';
import type { Form, FormField } from '../../src/core/form.ts';
import { silentLog } from '../../src/core/log.ts';
import { text, type Button, type Menu, type Message } from '../../src/core/message.ts';
import type { ChannelRef, ChatPlatform, MessageRef, ReaderRef } from '../../src/core/platform.ts';
import {
  definitions,
  hostileTitles,
  lineMessage,
  oddTitles,
  paperMessage,
  papersMessage,
} from '../fixtures/messages.ts';
import { createServices, NOW } from '../core/commands/services.ts';
import { createRecordingInbox } from './recording-inbox.ts';
import type { RecordingInbox } from './recording-inbox.ts';

/** A message as readers of the channel see it. */
interface Shown {
  /** `MessageRef.message`. */
  readonly id: string;
  /** The words on the screen, without markup. */
  readonly text: string;
  /** The id of the message in whose thread it stands. */
  readonly thread?: string;
}

/** One platform before its service (the real code against a fake service), and what readers do. */
export interface PlatformRig {
  readonly platform: ChatPlatform;
  readonly channel: ChannelRef;
  /** Who does what readers do here. */
  readonly reader: ReaderRef;
  /** What the service has shown to that reader in direct messages, or would. */
  directMessages(): Promise<readonly string[]>;
  /** All that stands in the channel and its threads, oldest first. */
  shown(): Promise<readonly Shown[]>;
  /** What the service has shown to the calling reader alone. */
  shownPrivately(): Promise<readonly string[]>;
  /** Whom the service has notified because of what the bot posted. */
  pings(): Promise<readonly string[]>;
  /** A reader types `/papers` and this; resolves once the answer is shown. */
  type(text: string): Promise<void>;
  /** A reader presses this button under a message; resolves once the answer is shown. */
  press(button: Button): Promise<void>;
  /** A reader picks this option of a menu under a message; resolves once the answer is shown. */
  pick(menu: Menu, value: string): Promise<void>;
  /** What the service offers while an argument is typed, where it completes any. */
  readonly complete?: (command: string, arg: string, typed: string) => Promise<readonly string[]>;
  /** A reader calls the entry of a message's menu, where the service has such menus. */
  readonly useMenu?: (entry: string, ref: MessageRef) => Promise<void>;
  /** A reader sends the form that now stands before them, changed so, where the service has forms. */
  readonly sendForm?: (
    values: Readonly<Record<string, string | readonly string[]>>,
  ) => Promise<void>;
  /** What keeps the service from doing what it is next asked to do, where it can fail so. */
  readonly failNext?: (failure: ServiceFailure) => Promise<void>;
  /** A reader puts an emoji on a message or takes it away; resolves once the core was told. */
  react(ref: MessageRef, emoji: string, added: boolean): Promise<void>;
  /** The bot's own account reacts, where a service reports that to the bot. */
  reactAsBot?(ref: MessageRef, emoji: string): Promise<void>;
  /** Frees what the rig holds, after `stop`. */
  close(): Promise<void>;
}

/** How a service can fail a request: what it does, and what the platform must make of it. */
export const SERVICE_FAILURES = {
  'asks to wait 2 s': { kind: 'rate-limited', retryAfterMs: 2000 },
  'forbids the bot to post': { kind: 'no-access' },
  'has lost the channel': { kind: 'channel-gone' },
  'refuses the content': { kind: 'rejected' },
  'is down, and surely did nothing': { kind: 'unavailable' },
  'breaks the connection after it posted': { kind: 'unknown-outcome' },
} as const satisfies Record<string, { kind: DeliveryErrorKind; retryAfterMs?: number }>;

export type ServiceFailure = keyof typeof SERVICE_FAILURES;

/** Services give a bot 3 s for its first sign; a command may take longer. */
const SLOW_MS = 3500;

/** What every platform promises the core. `openRig` gives a fresh service each time, not started. */
export function platformContract(name: string, openRig: () => Promise<PlatformRig>): void {
  describe(`${name} keeps the platform contract`, () => {
    let rig: PlatformRig;
    let inbox: RecordingInbox;

    beforeEach(async () => {
      rig = await openRig();
      inbox = createRecordingInbox();
      await rig.platform.start(inbox, definitions);
    });

    afterEach(async () => {
      await rig.platform.stop();
      await rig.close();
    });

    const post = (line: string, key: string, thread?: MessageRef) =>
      rig.platform.post(rig.channel, lineMessage(line), {
        key,
        ...(thread === undefined ? {} : { thread }),
      });

    postingContract(() => rig, post);
    tellingContract(() => rig);
    renderingContract(
      () => rig,
      () => inbox,
    );
    commandContract(
      () => rig,
      () => inbox,
    );
    reactionContract(
      () => rig,
      () => inbox,
      post,
    );
    failureContract(() => rig, post);
    serviceFailureContract(() => rig, post);
  });
}

type Post = (line: string, key: string, thread?: MessageRef) => Promise<MessageRef>;

function postingContract(rig: () => PlatformRig, post: Post): void {
  it('posts a message and returns its own ref', async () => {
    const first = await post('first', 'a');
    const second = await post('second', 'b');
    expect(first).toMatchObject(rig().channel);
    expect(first.platform).toBe(rig().platform.id);
    expect(await rig().shown()).toEqual([
      { id: first.message, text: expect.stringContaining('first') as string },
      { id: second.message, text: expect.stringContaining('second') as string },
    ]);
  });

  it('makes one message of the same key posted twice, and returns the first ref', async () => {
    const first = await post('once', 'a');
    expect(await post('once', 'a')).toEqual(first);
    expect(await rig().shown()).toHaveLength(1);
  });

  it('makes one message of the same key posted twice at the same time', async () => {
    const refs = await Promise.all([post('once', 'a'), post('once', 'a')]);
    expect(refs[0]).toEqual(refs[1]);
    expect(await rig().shown()).toHaveLength(1);
  });

  it('posts in a thread', async () => {
    const root = await post('root', 'a');
    const reply = await post('reply', 'b', root);
    const shown = await rig().shown();
    expect(shown.map(({ id, thread }) => [id, thread])).toEqual([
      [root.message, undefined],
      [reply.message, root.message],
    ]);
  });

  it('updates a message in place', async () => {
    const ref = await post('before', 'a');
    await post('another', 'b');
    await rig().platform.update(ref, lineMessage('after'));
    const shown = await rig().shown();
    expect(shown.map(({ id }) => id)[0]).toBe(ref.message);
    expect(shown).toHaveLength(2);
    expect(shown[0]?.text).toContain('after');
    expect(shown[0]?.text).not.toContain('before');
  });

  it('updates a message in a thread in place', async () => {
    const root = await post('root', 'a');
    const reply = await post('before', 'b', root);
    await rig().platform.update(reply, lineMessage('after'));
    const shown = await rig().shown();
    expect(shown.map(({ id, thread }) => [id, thread])).toEqual([
      [root.message, undefined],
      [reply.message, root.message],
    ]);
    expect(shown[1]?.text).toContain('after');
  });
}

function tellingContract(rig: () => PlatformRig): void {
  const tell = (line: string, key: string) => {
    const { platform, reader, channel } = rig();
    return platform.tell(reader, channel, lineMessage(line), key);
  };

  it('writes to one person alone, once for the same key', async () => {
    await tell('Grant Send Messages.', 'a');
    await tell('Grant Send Messages.', 'a');
    await tell('Another trouble.', 'b');
    expect(await rig().directMessages()).toEqual([
      expect.stringContaining('Grant Send Messages.'),
      expect.stringContaining('Another trouble.'),
    ]);
    expect(await rig().pings()).toEqual([]);
  });

  it('rejects what it can’t tell anybody with DeliveryError', async () => {
    const { platform, reader, channel } = rig();
    const stranger = { ...reader, platform: 'elsewhere' };
    const toNobody = platform.tell(stranger, channel, lineMessage('lost'), 'a');
    await expect(toNobody).rejects.toBeInstanceOf(DeliveryError);
    await platform.stop();
    await expect(tell('late', 'b')).rejects.toMatchObject({ kind: 'unavailable' });
  });
}

function renderingContract(rig: () => PlatformRig, inbox: () => RecordingInbox): void {
  const show = async (title: string) => {
    await rig().platform.post(rig().channel, paperMessage(title), { key: 'a' });
    const [shown] = await rig().shown();
    return shown?.text ?? '';
  };

  it.each(Object.entries(hostileTitles))('shows a title with %s literally', async (_, title) => {
    expect(await show(title)).toContain(title);
  });

  it.each(Object.entries(oddTitles))('survives a title with %s', async (_, title) => {
    const text = await show(title);
    expect(text).toContain('Safe');
    expect(text).toContain('title');
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it.each(Object.entries(hostileTitles))('pings nobody with a title with %s', async (_, title) => {
    await show(title);
    const { ref } = await reply(rig(), inbox(), paperMessage(title));
    await rig().platform.update(ref, lineMessage(title));
    expect(await rig().pings()).toEqual([]);
  });

  it('shows a long answer whole, on as many messages as it takes', async () => {
    const titles = Array.from({ length: 20 }, (_, index) => `Paper ${index + 1} of a long answer`);
    const message = papersMessage(titles);
    await reply(rig(), inbox(), message);
    const text = (await rig().shown()).map((shown) => shown.text).join('\n');
    const places = titles.map((title) => text.indexOf(title));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('leaves a message as it is that would break elsewhere, where it is told what it was', async ({
    skip,
  }) => {
    const lines = (word: string): Message => {
      const items = Array.from({ length: 160 }, (_, n) => [text(`${n} ${word.repeat(20)}`)]);
      return { summary: 'Lines', blocks: [{ type: 'list', ordered: false, items }] };
    };
    const [before, after] = [lines('five '), lines('ninety-nine ')];
    const ref = await rig().platform.post(rig().channel, before, { key: 'a' });
    const shown = await rig().shown();
    if (shown.length === 1) skip('it shows all on one message');
    const update = rig().platform.update(ref, after, before);
    await expect(update).rejects.toMatchObject({ kind: 'rejected' });
    expect(await rig().shown()).toEqual(shown);
    await rig().platform.update(ref, lines('ten! '), before);
    expect((await rig().shown())[0]?.text).toContain('ten!');
    expect((await rig().shown()).slice(1)).toEqual(shown.slice(1));
  });

  it('tells the inbox which of its papers stand on which message of a long answer', async () => {
    const titles = Array.from({ length: 20 }, (_, index) => `Paper ${index + 1}!`);
    await reply(rig(), inbox(), papersMessage(titles));
    const shown = await rig().shown();
    const told = inbox().replies.map(({ ref, message }) => [ref.message, titlesOf(message)]);
    expect(told.flatMap(([, some]) => some)).toEqual(titles);
    for (const [id, some] of told) {
      const text = shown.find((each) => each.id === id)?.text ?? '';
      expect((some as string[]).every((title) => text.includes(title))).toBe(true);
    }
  });

  it('posts a long message whole', async () => {
    const titles = Array.from({ length: 20 }, (_, index) => `Paper ${index + 1}!`);
    const ref = await rig().platform.post(rig().channel, papersMessage(titles), { key: 'long' });
    const shown = await rig().shown();
    expect(shown[0]?.id).toBe(ref.message);
    const text = shown.map((each) => each.text).join('\n');
    expect(titles.filter((title) => !text.includes(title))).toEqual([]);
  });
}

function titlesOf({ blocks }: Message): string[] {
  return blocks.flatMap((block) => (block.type === 'paper' ? [block.paper.title] : []));
}

/** Lets a reader ask for this message, and gives where it stands. */
async function reply(rig: PlatformRig, inbox: RecordingInbox, message: Message) {
  inbox.reply = { private: false, message };
  await rig.type('today');
  const [first] = inbox.replies;
  if (first === undefined) throw new Error('The inbox was not told of the reply');
  return first;
}

const FIELDS: readonly FormField[] = [
  { kind: 'channel', name: 'channel', label: 'Channel', required: true },
  { kind: 'time', name: 'at', label: 'Time', value: '09:00', required: true },
  { kind: 'timezone', name: 'timezone', label: 'Zone', value: 'UTC', required: true },
  {
    kind: 'choices',
    name: 'days',
    label: 'Days',
    options: ['mon', 'tue', 'thu'].map((value) => ({ label: value.toUpperCase(), value })),
    chosen: ['mon', 'tue'],
    value: 'mon, tue',
    required: true,
  },
  { kind: 'integer', name: 'count', label: 'Papers', min: 1, max: 20, value: '5', required: true },
  {
    kind: 'choice',
    name: 'layout',
    label: 'Layout',
    options: ['thread', 'compact'].map((value) => ({ label: value.toUpperCase(), value })),
    value: 'thread',
    required: true,
  },
];

function commandContract(rig: () => PlatformRig, inbox: () => RecordingInbox): void {
  const expectCaller = (call: CommandCall | undefined) => {
    const { platform, channel } = rig();
    expect(call?.channel).toEqual(channel);
    expect(call?.reader).toMatchObject({
      platform: platform.id,
      tenant: expect.stringMatching(/./) as string,
    });
    expect(call?.reader.user).toEqual(expect.stringMatching(/./));
  };

  it('hands a typed command to the inbox', async () => {
    await rig().type('topic "video generation"');
    const [call] = inbox().calls;
    expectCaller(call);
    // Services with options of their own hand over values, the others the line.
    expect([
      { name: '', input: { text: 'topic "video generation"' } },
      { name: 'topic', input: { text: '"video generation"' } },
      { name: 'topic', input: { args: { query: 'video generation' } } },
    ]).toContainEqual({ name: call?.name, input: call?.input });
  });

  it('hands a pressed button to the inbox with its typed values', async () => {
    const args = { count: 3, query: `it's "quoted" <&>` };
    await rig().press({ label: 'More', command: 'topic', args });
    const [call] = inbox().calls;
    expectCaller(call);
    expect(call).toMatchObject({ name: 'topic', input: { args } });
  });

  it('hands a pick from a menu to the inbox as the argument that it fills', async () => {
    const options = [
      { label: '1. AutoCoder', value: '2405.14906' },
      { label: '2. A “quoted” <&> title', value: '2405.14907' },
    ];
    const menu = { label: 'Save a paper…', command: 'save', arg: 'paper', options };
    await rig().pick(menu, '2405.14907');
    const [call] = inbox().calls;
    expectCaller(call);
    expect(call).toMatchObject({ name: 'save', input: { args: { paper: '2405.14907' } } });
  });

  it('answers a command that takes longer than the service waits', async () => {
    inbox().delayMs = SLOW_MS;
    inbox().reply = { private: false, message: lineMessage('worth the wait') };
    await rig().type('today');
    const [shown] = await rig().shown();
    expect(shown?.text).toContain('worth the wait');
    expect(inbox().replies).toMatchObject([{ ref: { message: shown?.id } }]);
  });

  it('keeps a slow private answer private', async () => {
    inbox().delayMs = SLOW_MS;
    inbox().reply = { private: true, message: lineMessage('only for you') };
    await rig().type('today');
    expect((await rig().shown()).filter(({ text }) => text.includes('only for you'))).toEqual([]);
    expect(await rig().shownPrivately()).toEqual([expect.stringContaining('only for you')]);
  });

  it('completes arguments as they are typed, where the service does', async ({ skip }) => {
    const complete = rig().complete ?? skip('this service completes nothing');
    inbox().suggestions = [{ name: 'Video generation', value: 'video generation' }];
    expect(await complete('topic', 'query', 'vid')).toEqual(['Video generation']);
    expect(inbox().suggestCalls).toMatchObject([
      { name: 'topic', arg: 'query', typed: 'vid', channel: rig().channel },
    ]);
  });

  it('saves from the menu of a message what it links to, where the service has menus', async ({
    skip,
  }) => {
    const useMenu = rig().useMenu ?? skip('this service’s messages have no menus');
    const ref = await rig().platform.post(rig().channel, paperMessage('A paper'), { key: 'a' });
    await useMenu('Save paper', ref);
    expect(inbox().calls).toMatchObject([
      { name: 'save', input: { args: { paper: '2405.14906' } } },
    ]);
  });

  it('shows a form and hands over what is sent with it, where the service has forms', async ({
    skip,
  }) => {
    const sendForm = rig().sendForm ?? skip('this service has no forms');
    const field = { kind: 'text', name: 'query', label: 'What', required: true } as const;
    const fields = [{ ...field, value: 'agents' }];
    const form = { title: 'Search', command: 'topic', submit: 'Go', fields };
    inbox().reply = { private: true, message: lineMessage('in words'), form };
    await rig().type('today');
    expect(await rig().shownPrivately()).toEqual([]);
    inbox().reply = { private: true, message: lineMessage('done') };
    await sendForm({ query: 'video "generation"' });
    expect(inbox().calls.at(-1)).toMatchObject({
      name: 'topic',
      input: { args: { query: 'video "generation"' } },
    });
    expect(await rig().shownPrivately()).toEqual([expect.stringContaining('done')]);
  });

  it('hands over what is picked in a form by the meaning of its fields', async ({ skip }) => {
    const sendForm = rig().sendForm ?? skip('this service has no forms');
    const title = 'A form of every field';
    const form: Form = { title, command: 'subscribe', submit: 'Go', fields: FIELDS };
    inbox().reply = { private: true, message: lineMessage('in words'), form };
    inbox().suggestions = [{ name: 'Asia/Tokyo', value: 'Asia/Tokyo' }];
    await rig().type('today');
    inbox().reply = { private: true, message: lineMessage('done') };
    await sendForm({
      at: '10:30',
      timezone: 'Asia/Tokyo',
      days: ['tue', 'thu'],
      layout: 'compact',
    });
    const call = inbox().calls.at(-1);
    expectCaller(call);
    const args = call !== undefined && 'args' in call.input ? call.input.args : {};
    const said = Object.entries(args).map(([name, value]) => [name, [value].flat().join(', ')]);
    expect(Object.fromEntries(said)).toEqual({
      at: '10:30',
      timezone: 'Asia/Tokyo',
      days: 'tue, thu',
      count: '5',
      layout: 'compact',
    });
  });

  it('shows what the caller can mend word for word, and hides all else', async () => {
    const secret = 'token xoxb-secret';
    const today = () => Promise.reject(new Error(secret));
    const search = () => Promise.reject(new UserError('Name fewer words, please.'));
    const services = createServices({ today, search });
    inbox().command = createDispatch({ services, clock: () => NOW, log: silentLog });
    await rig().type('topic "video generation"');
    await rig().type('today');
    const told = await rig().shownPrivately();
    expect(told).toEqual([
      expect.stringContaining('Name fewer words, please.'),
      expect.stringMatching(/something went wrong/i),
    ]);
    expect(told.join()).not.toContain(secret);
    expect(await rig().shown()).toEqual([]);
  });

  it('shows a private reply to the caller alone', async () => {
    inbox().reply = { private: true, message: lineMessage('only for you') };
    await rig().type('saved');
    expect(await rig().shown()).toEqual([]);
    expect(await rig().shownPrivately()).toEqual([expect.stringContaining('only for you')]);
    expect(inbox().replies).toEqual([]);
  });

  it('shows a public reply in the channel and tells the inbox where it stands', async () => {
    const message = lineMessage('for everyone');
    inbox().reply = { private: false, message };
    await rig().type('today');
    const [shown] = await rig().shown();
    expect(shown?.text).toContain('for everyone');
    const ref = { ...rig().channel, message: shown?.id };
    expect(inbox().replies).toEqual([{ ref, message }]);
  });
}

function reactionContract(rig: () => PlatformRig, inbox: () => RecordingInbox, post: Post): void {
  it('hands reactions to the inbox as Unicode, put on and taken away', async () => {
    const ref = await post('a paper', 'a');
    await rig().react(ref, '🔖', true);
    await rig().react(ref, '🔖', false);
    expect(inbox().reactions).toMatchObject([
      { emoji: '🔖', added: true, message: ref },
      { emoji: '🔖', added: false, message: ref },
    ]);
    expect(inbox().reactions[0]?.reader.platform).toBe(rig().platform.id);
  });

  it('hands over emoji without skin tone or variation selector', async () => {
    const ref = await post('a paper', 'a');
    await rig().react(ref, '👍🏽', true);
    await rig().react(ref, '❤️', true);
    expect(inbox().reactions.map(({ emoji }) => emoji)).toEqual(['👍', '❤']);
  });

  it('hands over reactions on its replies', async () => {
    inbox().reply = { private: false, message: paperMessage('A paper') };
    await rig().type('today');
    const [reply] = inbox().replies;
    if (reply === undefined) throw new Error('The inbox was not told of the reply');
    await rig().react(reply.ref, '🔖', true);
    expect(inbox().reactions.map(({ message }) => message)).toEqual([reply.ref]);
  });

  it('ignores the bot’s own reactions, where the service reports them', async ({ skip }) => {
    if (rig().reactAsBot === undefined) skip('this service reports none');
    await rig().reactAsBot?.(await post('a paper', 'a'), '🔖');
    expect(inbox().reactions).toEqual([]);
  });
}

function failureContract(rig: () => PlatformRig, post: Post): void {
  const kindOf = async (attempt: Promise<unknown>) => {
    const error: unknown = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DeliveryError);
    return (error as DeliveryError).kind;
  };

  it('rejects a post to a place that is not its own with DeliveryError', async () => {
    const elsewhere = { platform: 'elsewhere', tenant: 'nowhere', channel: 'none' };
    const attempt = rig().platform.post(elsewhere, lineMessage('lost'), { key: 'a' });
    expect(['channel-gone', 'no-access', 'rejected']).toContain(await kindOf(attempt));
  });

  it('rejects an update of an unknown message with DeliveryError', async () => {
    const ref = { ...rig().channel, message: '0' };
    const attempt = rig().platform.update(ref, lineMessage('lost'));
    expect(['channel-gone', 'no-access', 'rejected']).toContain(await kindOf(attempt));
  });

  it('lets go of the signal once it has posted: one serves all posts of a process', async () => {
    const { signal } = new AbortController();
    const { platform, channel } = rig();
    await platform.post(channel, lineMessage('a'), { key: 'a', signal });
    await platform.post(channel, lineMessage('b'), { key: 'b', signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('posts nothing once the signal is aborted', async () => {
    const attempt = rig().platform.post(rig().channel, lineMessage('lost'), {
      key: 'a',
      signal: AbortSignal.abort(),
    });
    await kindOf(attempt);
    expect(await rig().shown()).toEqual([]);
  });

  it('stops twice, and rejects what comes later with DeliveryError', async () => {
    const ref = await post('before', 'a');
    await rig().platform.stop();
    await rig().platform.stop();
    expect(await kindOf(post('after', 'b'))).toBe('unavailable');
    expect(await kindOf(rig().platform.update(ref, lineMessage('after')))).toBe('unavailable');
  });
}

const NO_SERVICE = 'there is no service behind it that could fail';

function serviceFailureContract(rig: () => PlatformRig, post: Post): void {
  it.for(Object.entries(SERVICE_FAILURES))(
    'tells what it means that the service %s',
    async ([failure, expected], { skip }) => {
      const failNext = rig().failNext ?? skip(NO_SERVICE);
      await failNext(failure as ServiceFailure);
      const error: unknown = await post('lost', 'a').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DeliveryError);
      expect(error).toMatchObject(expected);
      expect((error as DeliveryError).message).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('makes one message of an attempt whose outcome was unknown and the next one', async ({
    skip,
  }) => {
    const failNext = rig().failNext ?? skip(NO_SERVICE);
    const attemptedAt = new Date();
    await failNext('breaks the connection after it posted');
    await post('once', 'a').catch(() => undefined);
    const options = { key: 'a', attemptedAt };
    const ref = await rig().platform.post(rig().channel, lineMessage('once'), options);
    expect(await rig().shown()).toEqual([
      { id: ref.message, text: expect.stringContaining('once') as string },
    ]);
  });

  it('looks for a message alone, where it is told to', async ({ skip }) => {
    const failNext = rig().failNext ?? skip(NO_SERVICE);
    const only = { attemptedAt: new Date(), findOnly: true };
    const look = (line: string, key: string) =>
      rig().platform.post(rig().channel, lineMessage(line), { key, ...only });
    await failNext('breaks the connection after it posted');
    await post('once', 'a').catch(() => undefined);
    const { message: id } = await look('once', 'a');
    await expect(look('never', 'b')).rejects.toMatchObject({ kind: 'absent' });
    expect((await rig().shown()).map((each) => each.id)).toEqual([id]);
  });

  it('goes on after a failure', async ({ skip }) => {
    const failNext = rig().failNext ?? skip(NO_SERVICE);
    await failNext('is down, and surely did nothing');
    await post('first', 'a').catch(() => undefined);
    await post('second', 'b');
    expect(await rig().shown()).toHaveLength(1);
  });
}
