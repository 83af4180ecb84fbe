import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandCall } from '../../src/core/command-call.ts';
import { DeliveryError } from '../../src/core/errors.ts';
import type { Button } from '../../src/core/message.ts';
import type { ChannelRef, ChatPlatform, MessageRef } from '../../src/core/platform.ts';
import {
  definitions,
  hostileTitles,
  lineMessage,
  oddTitles,
  paperMessage,
} from '../fixtures/messages.ts';
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
  /** All that stands in the channel and its threads, oldest first. */
  shown(): Promise<readonly Shown[]>;
  /** What the service has shown to the calling reader alone. */
  shownPrivately(): Promise<readonly string[]>;
  /** A reader types `/papers` and this; resolves once the answer is shown. */
  type(text: string): Promise<void>;
  /** A reader presses this button under a message; resolves once the answer is shown. */
  press(button: Button): Promise<void>;
  /** A reader puts an emoji on a message or takes it away; resolves once the core was told. */
  react(ref: MessageRef, emoji: string, added: boolean): Promise<void>;
  /** The bot's own account reacts, where a service reports that to the bot. */
  reactAsBot?(ref: MessageRef, emoji: string): Promise<void>;
  /** Frees what the rig holds, after `stop`. */
  close(): Promise<void>;
}

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
    renderingContract(() => rig);
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
}

function renderingContract(rig: () => PlatformRig): void {
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
}

function commandContract(rig: () => PlatformRig, inbox: () => RecordingInbox): void {
  const expectCaller = (call: CommandCall | undefined) => {
    const { platform, channel } = rig();
    expect(call?.channel).toEqual(channel);
    expect(call?.reader).toMatchObject({ platform: platform.id, tenant: channel.tenant });
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
