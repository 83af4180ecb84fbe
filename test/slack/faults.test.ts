import { afterEach, describe, expect, it } from 'vitest';
import { messageOf } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import type { MessageRef } from '../../src/core/platform.ts';
import { createLog } from '../../src/log.ts';
import { toBoltLogger } from '../../src/slack/logger.ts';
import { clientOptions } from '../../src/slack/workspaces.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage, papersMessage } from '../fixtures/messages.ts';
import { install, openLab, recordingLog, startBot, type LogLine } from './open-installs.ts';
import { openSlack, pause, type SetUpOptions } from './open-slack.ts';

const place = { platform: 'slack', tenant: 'T1', channel: 'C1' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: SetUpOptions = {}, inbox = createRecordingInbox()) {
  const scene = await openSlack(options);
  closing.push(scene.close, () => scene.platform.stop());
  await scene.platform.start(inbox, definitions);
  const post = (line: string, key = line) => scene.platform.post(place, lineMessage(line), { key });
  const at = ({ message }: MessageRef) => ({ channel: 'C1', ts: message });
  return { ...scene, inbox, post, at };
}

describe('Slack’s faults', () => {
  it('20: a workspace that asks to wait is asked nothing meanwhile', async () => {
    const { slack, post } = await start();
    slack.addChannel('C2', 'T1');
    slack.fail('chat.postMessage', { kind: 'rate-limit', retryAfter: 30 });
    await expect(post('one')).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 30_000 });
    const calls = slack.api.calls.length;
    await expect(post('two')).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(slack.api.calls).toHaveLength(calls);
  });

  it('20: it delays no other workspace', async () => {
    const slack = await openLab();
    const inbox = createRecordingInbox();
    const bot = await startBot(slack, inbox, { log: silentLog });
    closing.push(
      () => slack.close(),
      () => bot.platform.stop(),
    );
    await install(slack, bot, 'T1');
    await install(slack, bot, 'T2');
    const post = (team: string, channel: string) =>
      bot.platform.post({ platform: 'slack', tenant: team, channel }, lineMessage(`for ${team}`), {
        key: channel,
      });
    slack.addChannel('C3', 'T1');
    slack.fail('chat.postMessage', { kind: 'rate-limit', retryAfter: 30, team: 'T1' });
    const waiting = { kind: 'rate-limited' };
    await expect(post('T1', 'C1')).rejects.toMatchObject(waiting);
    const began = performance.now();
    await Promise.all([expect(post('T1', 'C3')).rejects.toMatchObject(waiting), post('T2', 'C2')]);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(slack.messages('C2').map(({ text }) => text)).toEqual(['for T2']);
    expect([...slack.messages('C1'), ...slack.messages('C3')]).toEqual([]);
  });

  it.each([
    ['internal_error', { kind: 'error', error: 'internal_error', posted: true }],
    ['a reset', { kind: 'reset', posted: true }],
    ['a bad gateway', { kind: 'status', status: 502, posted: true }],
    ['half a reply', { kind: 'garbage', posted: true }],
  ] as const)('21: what was posted in spite of %s is found, not posted again', async (_, fault) => {
    const { slack, post, platform } = await start();
    const attemptedAt = new Date();
    slack.fail('chat.postMessage', fault);
    await expect(post('once')).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const options = { key: 'once', attemptedAt };
    const ref = await platform.post(place, lineMessage('once'), options);
    expect(slack.messages('C1').map(({ ts }) => ts)).toEqual([ref.message]);
  });

  it('40: what was posted under a clock that ran two days ahead is found', async () => {
    const { slack, post, platform } = await start();
    slack.fail('chat.postMessage', { kind: 'reset', posted: true });
    await expect(post('once')).rejects.toMatchObject({ kind: 'unknown-outcome' });
    const options = { key: 'once', attemptedAt: new Date(Date.now() + 2 * 86_400_000) };
    await platform.post(place, lineMessage('once'), options);
    expect(slack.messages('C1')).toHaveLength(1);
  });

  it('21: without the right to look, it is held for a person', async () => {
    const { slack, platform } = await start();
    Object.assign(slack.world.installs.get('T1')!, { scopes: 'chat:write' });
    const options = { key: 'once', attemptedAt: new Date() };
    const attempt = platform.post(place, lineMessage('once'), options);
    await expect(attempt).rejects.toMatchObject({ kind: 'held' });
    await expect(attempt).rejects.toThrow(/can’t be checked/);
    expect(slack.messages('C1')).toEqual([]);
    await platform.post(place, lineMessage('once'), { ...options, released: true });
    expect(slack.messages('C1')).toHaveLength(1);
  });

  it('21: a message whose second page failed is completed, its first page found', async () => {
    const { slack, platform } = await start();
    const message = papersMessage(Array.from({ length: 20 }, (_, n) => `Paper ${n}!`));
    slack.fail('chat.postMessage', { kind: 'error', error: 'internal_error' }, 0);
    const pages =
      (await platform.post(place, message, { key: 'whole' }), slack.messages('C1').length);
    expect(pages).toBeGreaterThan(1);
    const attemptedAt = new Date();
    const options = { key: 'broken' };
    const posting = platform.post(place, message, options);
    while (slack.messages('C1').length === pages) await pause(1);
    slack.fail('chat.postMessage', { kind: 'rate-limit', retryAfter: 1 });
    await expect(posting).rejects.toMatchObject({ kind: 'unknown-outcome', retryAfterMs: 1000 });
    await pause(1000);
    await platform.post(place, message, { ...options, attemptedAt });
    expect(slack.messages('C1')).toHaveLength(2 * pages);
  });

  it('21: a message whose second page the channel refused may stand, since its first page does', async () => {
    const { slack, platform } = await start();
    const message = papersMessage(Array.from({ length: 20 }, (_, n) => `Paper ${n}!`));
    const posting = platform.post(place, message, { key: 'broken' });
    while (slack.messages('C1').length === 0) await pause(1);
    slack.fail('chat.postMessage', { kind: 'error', error: 'restricted_action' });
    await expect(posting).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(slack.messages('C1')).toHaveLength(1);
  });

  it('6: what Slack took and never answered ends in time, and is found, not posted again', async () => {
    const { slack, post, platform } = await start({ settings: { timeoutMs: 150 } });
    const attemptedAt = new Date();
    slack.fail('chat.postMessage', { kind: 'hang', posted: true });
    await expect(post('once')).rejects.toMatchObject({ kind: 'unknown-outcome' });
    await post('next');
    const ref = await platform.post(place, lineMessage('once'), { key: 'once', attemptedAt });
    expect(slack.messages('C1').map(({ text }) => text)).toEqual(['once', 'next']);
    expect(slack.messages('C1')[0]?.ts).toBe(ref.message);
  });

  it('6: ten seconds are in time', () => {
    const { timeout, retryConfig } = clientOptions({}, toBoltLogger(silentLog));
    expect([timeout, retryConfig.retries]).toEqual([10_000, 0]);
  });

  it('22: thirty posts to one channel keep their distance, and none is hidden', async () => {
    const { slack, post } = await start();
    await Promise.all(Array.from({ length: 30 }, (_, index) => post(`post ${index}`)));
    const times = slack.api.calls.flatMap(({ method, at }) =>
      method === 'chat.postMessage' ? [at] : [],
    );
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20);
    expect(slack.hidden()).toEqual([]);
    expect(slack.messages('C1').map(({ text }) => text)).toEqual(
      Array.from({ length: 30 }, (_, index) => `post ${index}`),
    );
  });

  it.each(['socket', 'http'] as const)(
    '24: an event that comes four times is one reaction (%s)',
    async (mode) => {
      const { slack, post, does, inbox, at } = await start({ mode });
      const ref = await post('a paper');
      for (let time = 0; time < 4; time++) {
        await does(slack.readers.react('U1', at(ref), 'bookmark', true, 'Ev-same'));
      }
      expect(inbox.reactions).toHaveLength(1);
    },
  );

  it('25: what a handler fails at is done again', async () => {
    const { slack, post, does, inbox, at } = await start();
    const ref = await post('a paper');
    let failures = 1;
    const reaction = inbox.reaction.bind(inbox);
    inbox.reaction = (given) =>
      failures-- > 0 ? Promise.reject(new Error('bug')) : reaction(given);
    await does(slack.readers.react('U1', at(ref), 'bookmark'));
    expect(inbox.reactions).toHaveLength(1);
    expect(inbox.arrivals).toMatchObject([{ attempts: 1, done: true }]);
  });

  it('25: what was written down before a crash is done after the restart', async () => {
    const first = await start();
    const ref = await first.post('a paper');
    await first.does(first.slack.readers.react('U1', first.at(ref), 'bookmark'));
    const [kept] = first.inbox.arrivals;
    const inbox = createRecordingInbox();
    inbox.arrivals.push({ arrival: kept!.arrival, attempts: 0, done: false });
    await first.platform.stop();
    await first.platform.start(inbox, definitions);
    await first.settled();
    expect(inbox.reactions).toMatchObject([{ emoji: '🔖', message: ref }]);
  });

  it.each(['socket', 'http'] as const)(
    '26: an event for a workspace that removed the bot is acknowledged, dropped, counted (%s)',
    async (mode) => {
      const log: LogLine[] = [];
      const settings = { log: recordingLog(log) };
      const { slack, platform, post, inbox, settled } = await start({ mode, settings });
      await post('before');
      const receipts = await slack.uninstall('T1');
      expect(receipts.map(({ status }) => status)).toEqual([200, 200]);
      await settled();
      expect(inbox.places.at(-1)).toEqual({
        kind: 'left',
        place: { platform: 'slack', tenant: 'T1' },
      });
      await expect(post('after')).rejects.toMatchObject({ kind: 'no-access' });
      const late = { type: 'reaction_added', user: 'U1', reaction: 'bookmark', item: {} };
      const kept = inbox.arrivals.length;
      slack.addTeam('T1');
      expect((await slack.event('T1', late)).status).toBe(200);
      expect(inbox.arrivals).toHaveLength(kept);
      await platform.stop();
      expect(log.at(-1)).toMatchObject({ fields: { dropped: expect.any(Number) as number } });
      expect(log.at(-1)?.fields).not.toEqual({ dropped: 0 });
    },
  );

  it.each([
    ['another secret', { secret: 'wrong' }],
    ['a changed body', { tamper: (body: string) => body.replace('today', 'saved') }],
    ['a stamp six minutes old', { skewS: -360 }],
    ['a stamp of the future', { skewS: 3600 }],
    ['no time at all', { skewS: NaN }],
  ])('27: %s is answered 401, and nothing is written', async (_, forgery) => {
    const { slack, inbox } = await start({ mode: 'http' });
    const payload = { command: '/papers', text: 'today', team_id: 'T1', trigger_id: '1' };
    const receipt = await slack.http.send({ kind: 'slash_commands', payload }, forgery);
    expect(receipt.status).toBe(401);
    expect(inbox.arrivals).toEqual([]);
  });

  it.each(['socket', 'http'] as const)(
    '28: what can’t be written down is not acknowledged, and nothing breaks (%s)',
    async (mode) => {
      const { slack, inbox, does } = await start({ mode, server: { patienceMs: 200 } });
      const keep = inbox.journal.keep.bind(inbox.journal);
      Object.assign(inbox.journal, { keep: () => Promise.reject(new Error('database is locked')) });
      const receipt = await slack.readers.type('U1', 'C1', 'today');
      expect(receipt.status).toBe(mode === 'http' ? 500 : 0);
      Object.assign(inbox.journal, { keep });
      expect((await does(slack.readers.type('U1', 'C1', 'today'))).status).toBe(200);
      expect(inbox.calls).toHaveLength(1);
    },
  );

  it('29: it comes back at once after a refresh, and gets what came meanwhile', async () => {
    const { slack, post, does, inbox, at } = await start();
    const ref = await post('a paper');
    slack.socket.disconnect('refresh_requested');
    while (slack.socket.connections > 0) await pause(1);
    const began = performance.now();
    await does(slack.readers.react('U1', at(ref), 'bookmark'));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(inbox.reactions).toHaveLength(1);
  });

  it('29: it outlives broken connections while Slack can’t be reached', async () => {
    const { slack, post, does, inbox, at } = await start();
    const ref = await post('a paper');
    await slack.down();
    slack.socket.drop();
    await pause(700);
    expect(slack.socket.connections).toBe(0);
    await slack.up();
    await does(slack.readers.react('U1', at(ref), 'bookmark'));
    expect(inbox.reactions).toHaveLength(1);
  });

  it.each(['auth.test', 'apps.connections.open'])(
    '29: a start waits for a Slack that is down (%s)',
    async (method) => {
      const scene = await openSlack();
      closing.push(scene.close, () => scene.platform.stop());
      scene.slack.fail(method, { kind: 'status', status: 503 });
      await scene.platform.start(createRecordingInbox(), definitions);
      expect(scene.slack.socket.connections).toBe(1);
      expect(scene.slack.api.calls.filter((call) => call.method === method)).toHaveLength(2);
    },
  );

  it('29: a start that waits for Slack ends when it is stopped', async () => {
    const scene = await openSlack();
    closing.push(scene.close);
    await scene.slack.down();
    const starting = scene.platform.start(createRecordingInbox(), definitions);
    const outcome = expect(starting).rejects.toThrow();
    await pause(100);
    await scene.platform.stop();
    await outcome;
    await scene.slack.up();
    await pause(100);
    expect(scene.slack.socket.connections).toBe(0);
  });

  it('29: it stops while it is connecting again', async () => {
    const { slack, platform } = await start();
    slack.socket.drop();
    await platform.stop();
    await pause(100);
    expect(slack.socket.connections).toBe(0);
  });

  it('33: a form and an answer that come too late are counted, and said another way', async () => {
    const log: LogLine[] = [];
    const { slack, inbox, does, post } = await start({ settings: { log: recordingLog(log) } });
    const form = { title: 'Settings', command: 'topic', submit: 'Save', fields: [] };
    inbox.command = async () => {
      await slack.clock.advance(31 * 60_000);
      return { private: true, message: lineMessage('in words'), form };
    };
    await does(slack.readers.type('U1', 'C1', 'settings'));
    expect(slack.ephemerals('U1').map(({ text }) => text)).toEqual(['in words']);
    expect(log.filter(({ fields }) => 'late' in fields)).toMatchObject([
      { message: 'a form could not be opened', fields: { late: 1 } },
      { message: 'Slack’s address for answers took no more', fields: { late: 2 } },
    ]);
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
    await post('still here');
  });

  it('47: in a shared channel a reader of another workspace keeps their own library', async () => {
    const { slack, does, inbox, platform } = await start();
    slack.addTeam('T2', { installed: false });
    slack.addUser('U2', 'T2');
    slack.addChannel('C3', 'T1', { sharedWith: ['T2'] });
    const shared = { ...place, channel: 'C3' };
    const ref = await platform.post(shared, lineMessage('shared'), { key: 's' });
    await does(slack.readers.react('U2', { channel: 'C3', ts: ref.message }, 'bookmark'));
    expect(inbox.reactions).toMatchObject([{ message: ref, reader: { tenant: 'T2', user: 'U2' } }]);
  });

  it('48: a value that is not ours does nothing, and is logged', async () => {
    const log: LogLine[] = [];
    const { slack, post, does, inbox, at } = await start({ settings: { log: recordingLog(log) } });
    const ref = await post('a message');
    const value = '{"command":"save","args":{"paper":{"$ne":1}}}';
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'paperboy:0', value }] },
    ];
    Object.assign(slack.world.messages.at(-1)!, { blocks });
    await does(slack.readers.press('U1', at(ref), { value }));
    expect(inbox.calls).toEqual([]);
    expect(slack.ephemerals('U1').at(-1)?.text).toContain('no longer works');
    expect(log).toContainEqual({
      level: 'warn',
      fields: { tenant: 'T1', user: 'U1' },
      message: 'a press is not one of ours',
    });
  });

  it('50: a refused token is named, and stands in no message', async () => {
    const token = 'xoxb-111-secret';
    const scene = await openSlack({ settings: { botToken: token } });
    closing.push(scene.close);
    const attempt = scene.platform.start(createRecordingInbox(), definitions);
    await expect(attempt).rejects.toThrow(/SLACK_BOT_TOKEN.*invalid_auth/);
    await expect(attempt).rejects.not.toThrow(/secret/);
  });

  it('50: no token is in what a failure leaves: a log line, a reason or an answer', async () => {
    const lines: string[] = [];
    const log = createLog('debug', { write: (line) => lines.push(line) });
    const { slack, post, does, inbox } = await start({ settings: { log } });
    const secrets = ['xoxb-1111-2222-tokenlike', 'xapp-1-A1-tokenlike', 'xoxe.xoxp-1-tokenlike'];
    const reasons: string[] = [];
    for (const [index, secret] of secrets.entries()) {
      slack.fail('chat.postMessage', { kind: 'error', error: secret });
      await post(`page ${index}`).catch((error: unknown) => reasons.push(messageOf(error)));
      let failures = 1;
      inbox.command = () =>
        failures-- > 0
          ? Promise.reject(new Error(`bad ${secret}`, { cause: { token: secret, secret } }))
          : Promise.resolve({ private: true, message: lineMessage('done') });
      await does(slack.readers.type('U1', 'C1', 'today'));
    }
    expect(reasons).toHaveLength(secrets.length);
    expect(lines.join()).toContain('was not dealt with');
    const answers = slack.ephemerals('U1').map(({ text }) => text);
    expect(answers).toEqual(['done', 'done', 'done']);
    expect([...reasons, ...lines, ...answers].join('\n')).not.toContain('tokenlike');
  });

  it('50: a refused app token is named as well', async () => {
    const scene = await openSlack({ settings: { appToken: 'xapp-wrong' } });
    closing.push(scene.close);
    const attempt = scene.platform.start(createRecordingInbox(), definitions);
    await expect(attempt).rejects.toThrow(/SLACK_APP_TOKEN.*invalid_auth/);
  });
});
