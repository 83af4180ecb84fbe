import { afterEach, describe, expect, it } from 'vitest';
import type { MessageRef } from '../../src/core/platform.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { openSlack, type SetUpOptions } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: SetUpOptions = {}) {
  const scene = await openSlack(options);
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  const ref = await scene.platform.post(place, lineMessage('a paper'), { key: 'a' });
  const react = (added: boolean, { message }: MessageRef = ref) =>
    scene.slack.readers.react('U1', { channel: 'C1', ts: message }, 'bookmark', added);
  return { ...scene, inbox, ref, react };
}

/** The method fails so many times before it works. */
function failing<Given extends unknown[], Result>(
  method: (...given: Given) => Promise<Result>,
  failures: number,
): (...given: Given) => Promise<Result> {
  let left = failures;
  return (...given) =>
    left-- > 0 ? Promise.reject(new Error('database is locked')) : method(...given);
}

describe('The order of what Slack sends', () => {
  it('25: a reaction that is tried again does not undo the one that came after it', async () => {
    const { inbox, react, settled } = await start();
    inbox.reaction = failing(inbox.reaction.bind(inbox), 1);
    await react(true);
    await react(false);
    await settled();
    expect(inbox.reactions.map(({ added }) => added)).toEqual([true, false]);
  });

  it('25: one that fails keeps nobody and nothing else waiting', async () => {
    const { slack, platform, inbox, ref, react, settled } = await start();
    const other = await platform.post(place, lineMessage('another'), { key: 'b' });
    inbox.reaction = failing(inbox.reaction.bind(inbox), 1);
    await react(true);
    await react(true, other);
    await slack.readers.type('U1', 'C1', 'today');
    await settled();
    expect(inbox.reactions.map(({ message }) => message)).toEqual([other, ref]);
    expect(inbox.calls).toHaveLength(1);
  });

  it('25: an invitation is not undone by the removal before it', async () => {
    const { slack, inbox, settled } = await start();
    const { botUser } = slack.world.installs.get('T1')!;
    inbox.left = failing(inbox.left.bind(inbox), 1);
    const move = { user: botUser, channel: 'C1', team: 'T1' };
    await slack.event('T1', { type: 'member_left_channel', ...move });
    await slack.event('T1', { type: 'member_joined_channel', ...move });
    await settled();
    expect(inbox.places.slice(-2).map(({ kind }) => kind)).toEqual(['left', 'joined']);
  });

  it('25: what was written down before a restart comes before what comes after it', async () => {
    const { platform, inbox, react, settled } = await start();
    await react(true);
    await settled();
    const [kept] = inbox.arrivals;
    await platform.stop();
    const later = createRecordingInbox();
    later.arrivals.push({ arrival: kept!.arrival, attempts: 0, done: false });
    const open = later.journal.open.bind(later.journal);
    // The database is slow to tell.
    Object.assign(later.journal, {
      open: async (name: string) => {
        const found = await open(name);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return found;
      },
    });
    const starting = platform.start(later, definitions);
    const removed = react(false);
    await Promise.all([starting, removed]);
    await settled();
    expect(later.reactions.map(({ added }) => added)).toEqual([true, false]);
  });
});
