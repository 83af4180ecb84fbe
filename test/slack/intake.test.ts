import { afterEach, describe, expect, it } from 'vitest';
import type { MessageRef } from '../../src/core/platform.ts';
import { waitAfter } from '../../src/slack/retries.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { recordingLog, type LogLine } from './open-installs.ts';
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

describe('What Slack sent and could not be dealt with', () => {
  const patient = { settings: { retryMs: 1 } };
  const publicly = { private: false, message: lineMessage('the answer') };

  it('25: is tried again for about an hour, and not lost', async () => {
    const { inbox, react, settled } = await start(patient);
    inbox.reaction = failing(inbox.reaction.bind(inbox), 12);
    await react(true);
    await settled();
    expect(inbox.reactions).toHaveLength(1);
    expect(inbox.arrivals).toMatchObject([{ attempts: 12, done: true }]);
    expect(hoursOfTrying()).toBeCloseTo(1, 0);
  });

  it('25: is given up after that, and the operator reads of it', async () => {
    const log: LogLine[] = [];
    const { inbox, react, settled } = await start({
      settings: { retryMs: 0.1, log: recordingLog(log) },
    });
    inbox.reaction = () => Promise.reject(new Error('the disk is gone'));
    await react(true);
    await settled();
    expect(inbox.arrivals).toMatchObject([{ attempts: 20, done: true }]);
    expect(log.filter(({ level }) => level === 'error')).toMatchObject([
      { fields: { tenant: 'T1' }, message: 'something that Slack sent is given up' },
    ]);
  });

  it('3: waits as long as Slack asks: a bookmark in a shared channel', async () => {
    const { slack, platform, inbox, settled } = await start(patient);
    slack.addTeam('T2', { installed: false });
    slack.addUser('U2', 'T2');
    slack.addChannel('C3', 'T1', { sharedWith: ['T2'] });
    const shared = { ...place, channel: 'C3' };
    const { message: ts } = await platform.post(shared, lineMessage('shared'), { key: 's' });
    slack.fail('users.info', { kind: 'rate-limit', retryAfter: 1 });
    await slack.readers.react('U2', { channel: 'C3', ts }, 'bookmark');
    await settled();
    expect(inbox.reactions).toMatchObject([{ reader: { tenant: 'T2', user: 'U2' } }]);
    const asked = slack.api.calls.filter(({ method }) => method === 'users.info');
    expect(asked).toHaveLength(2);
    expect(asked[1]!.at - asked[0]!.at).toBeGreaterThan(990);
  });

  it('3: a command whose answer Slack takes later runs once', async () => {
    const { slack, inbox, settled } = await start(patient);
    inbox.reply = publicly;
    slack.fail('chat.postMessage', { kind: 'rate-limit', retryAfter: 1 });
    await slack.readers.type('U1', 'C1', 'today');
    await settled();
    expect(slack.messages('C1').map(({ text }) => text)).toEqual(['a paper', 'the answer']);
    expect(inbox.calls).toHaveLength(1);
  });

  it.each([
    ['for an hour', { kind: 'rate-limit', retryAfter: 0 }, 20],
    ['what it says', { kind: 'error', error: 'msg_too_long' }, 1],
  ] as const)('3: who waits is told when Slack refuses the answer %s', async (_, fault, tries) => {
    const { slack, inbox, settled } = await start({ settings: { retryMs: 0.1 } });
    inbox.reply = publicly;
    slack.fail('chat.postMessage', fault, Infinity);
    await slack.readers.type('U1', 'C1', 'today');
    await settled();
    expect(inbox.calls).toHaveLength(1);
    expect(inbox.arrivals).toMatchObject([{ attempts: tries, done: true }]);
    const told = slack.ephemerals('U1').map(({ text }) => text);
    expect(told).toEqual([expect.stringMatching(/^Slack did not take the answer/)]);
  });
});

function hoursOfTrying(): number {
  let ms = 0;
  for (let failures = 1; ; failures += 1) {
    const wait = waitAfter(failures, { kind: 'unavailable' });
    if (wait === undefined) return ms / 3_600_000;
    ms += wait;
  }
}

describe('What takes too long', () => {
  const quick = { settings: { timeoutMs: 150, retryMs: 1 } };
  const privately = { private: true, message: lineMessage('the answer') };

  it.each([
    ['never answers', { kind: 'hang' }],
    ['breaks off', { kind: 'reset' }],
    ['has gone', { kind: 'status', status: 404 }],
  ] as const)('3: an address for answers that %s is passed by', async (_, fault) => {
    const { slack, inbox, settled } = await start(quick);
    inbox.reply = privately;
    slack.fail('response_url', fault);
    await slack.readers.type('U1', 'C1', 'today');
    await settled();
    expect(slack.ephemerals('U1').map(({ text }) => text)).toEqual(['the answer']);
    expect(inbox.arrivals).toMatchObject([{ attempts: 0, done: true }]);
  });

  it('25: does not keep it from stopping, and stays in the journal', async () => {
    const { slack, platform, inbox } = await start(quick);
    inbox.command = () => new Promise(() => undefined);
    await slack.readers.type('U1', 'C1', 'today');
    await platform.stop();
    expect(inbox.arrivals).toMatchObject([{ attempts: 0, done: false }]);
  });
});
