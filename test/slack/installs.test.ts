import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstallations } from '../../src/core/store/installations.ts';
import { closeStore, openStore, type Store } from '../../src/core/store/open.ts';
import { createRecordingInbox, type RecordingInbox } from '../contract/recording-inbox.ts';
import { lineMessage } from '../fixtures/messages.ts';
import type { SlackServer, SlackServerOptions } from '../fakes/slack-server/index.ts';
import {
  comeBack,
  install,
  KEY,
  openLab,
  OTHER_KEY,
  recordingLog,
  startBot,
  visit,
  type Bot,
  type LogLine,
} from './open-installs.ts';
import { pause } from './open-slack.ts';

const HOUR_MS = 3_600_000;
const closing: (() => unknown)[] = [];

let folder: string;
let store: Store;
let log: LogLine[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-'));
  store = openStore(join(folder, 'paperboy.db'));
  log = [];
  closing.push(() => {
    rmSync(folder, { recursive: true });
  });
  closing.push(() => closeStore(store));
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: SlackServerOptions = {}): Promise<SlackServer> {
  const slack = await openLab(options);
  closing.push(() => slack.close());
  return slack;
}

function anInbox(): RecordingInbox {
  const installations = createInstallations(store, () => new Date());
  return Object.assign(createRecordingInbox(), { installations });
}

/** The bot on the test's database: started again, it has what it had. */
async function start(slack: SlackServer, keys?: readonly string[], inbox = anInbox()) {
  const bot = await startBot(slack, inbox, { log: recordingLog(log) }, keys);
  closing.push(() => bot.platform.stop());
  return { ...bot, inbox };
}

function post({ platform }: Bot, team: string, line: string, channel = `C${team.slice(1)}`) {
  const place = { platform: 'slack', tenant: team, channel };
  return platform.post(place, lineMessage(line), { key: line });
}

const said = (slack: SlackServer, channel: string) =>
  slack.messages(channel).map(({ text }) => text);
const alerts = () => log.filter(({ level }) => level === 'error').map(({ message }) => message);
const tokensOf = (slack: SlackServer, team: string) => [
  ...slack.world.installs.get(team)!.tokens.keys(),
];

describe('The install page', () => {
  it('brings the bot into workspaces, and says what comes next', async () => {
    const slack = await open();
    const bot = await start(slack);
    expect(bot.platform.describe()).toMatch(
      /^Slack, in no workspaces \(port \d+, path \/slack\/events; workspaces install it at https:\/\/papers\.example\/slack\/install\)$/,
    );
    const { page, html, consent } = await visit(bot);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('Add to Slack');
    expect(consent).toContain(slack.authorizeUrl);
    expect(new URL(consent).searchParams.get('redirect_uri')).toBe(
      'https://papers.example/slack/oauth_redirect',
    );
    const response = await install(slack, bot, 'T1');
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringMatching(/Paperboy is in Team T1[^]*\/invite @Paperboy[^]*\/papers subscribe/),
    ]);
    await install(slack, bot, 'T2');
    expect(bot.platform.describe()).toContain('in 2 workspaces');
    await Promise.all([post(bot, 'T1', 'one'), post(bot, 'T2', 'two')]);
    expect([said(slack, 'C1'), said(slack, 'C2')]).toEqual([['one'], ['two']]);
    const joined = ['T1', 'T2'].map((tenant) => ({
      kind: 'joined',
      place: { platform: 'slack', tenant },
    }));
    expect(bot.inbox.places).toEqual(joined);
  });

  it('leaves no token readable in the database, and none in the log', async () => {
    const slack = await open({ rotates: true });
    await install(slack, await start(slack), 'T1');
    const [token = ''] = tokensOf(slack, 'T1');
    const { refreshToken = '' } = slack.world.installs.get('T1')!;
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    const all = [...files, JSON.stringify(log)].join('\n');
    expect(token).toMatch(/^xoxe\.xoxb-/);
    for (const secret of [token, refreshToken, KEY]) expect(all).not.toContain(secret);
    expect(all).toMatch(/1\.[0-9a-f]{8}\.[\w-]{16}\./);
  });

  it('takes nothing that another browser began, that is old, or that Slack refuses', async () => {
    const slack = await open();
    const bot = await start(slack);
    const [mine, other] = [await visit(bot), await visit(bot)];
    const back = slack.allow(mine.consent, 'T1');
    const stranger = await comeBack(bot, back, other.cookie);
    expect([stranger.status, await stranger.text()]).toEqual([
      400,
      expect.stringMatching(/another browser’s[^]*\/slack\/install/),
    ]);
    expect((await comeBack(bot, back, '')).status).toBe(400);
    const tampered = back.replace(/state=[^&]*/, 'state=x.y.z');
    expect((await comeBack(bot, tampered, 'slack-app-oauth-state=x.y.z')).status).toBe(400);
    const used = back.replace(/code=[^&]*/, 'code=used');
    const refused = await comeBack(bot, used, mine.cookie);
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('invalid_code'),
    ]);
    expect(await bot.inbox.installations.all('slack')).toEqual([]);
    expect(bot.inbox.places).toEqual([]);
  });

  it('says so when somebody says no', async () => {
    const slack = await open();
    const bot = await start(slack);
    const { cookie } = await visit(bot);
    const no = await comeBack(bot, 'https://x/slack/oauth_redirect?error=access_denied', cookie);
    expect([no.status, await no.text()]).toEqual([403, expect.stringContaining('You said no')]);
  });

  it.each(['put', 'joined'] as const)(
    'says what Slack has and Paperboy has not, and serves it not, when it can’t be kept (%s)',
    async (method) => {
      const slack = await open();
      const inbox = anInbox();
      const holder: object = method === 'put' ? inbox.installations : inbox;
      const working = { ...holder };
      Object.assign(holder, { [method]: () => Promise.reject(new Error('The disk is full.')) });
      const bot = await start(slack, [KEY], inbox);
      const full = await install(slack, bot, 'T1');
      expect([full.status, await full.text()]).toEqual([
        500,
        expect.stringMatching(/The disk is full\.[^]*Slack has Paperboy[^]*Start again/),
      ]);
      expect(alerts()).toContain('an install could not be kept');
      await expect(post(bot, 'T1', 'one')).rejects.toMatchObject({ kind: 'no-access' });
      Object.assign(holder, working);
      expect((await install(slack, bot, 'T1')).status).toBe(200);
      await post(bot, 'T1', 'one');
    },
  );

  it('shows the name of a workspace as it is, whatever it holds', async () => {
    const slack = await open();
    slack.world.teams.set('T1', '<script>alert(1)</script>&"');
    const response = await install(slack, await start(slack), 'T1');
    const html = await response.text();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;');
    expect(html).not.toContain('<script');
  });
});

describe('Installs', () => {
  it('outlive a restart, and are taken anew by who installs again', async () => {
    const slack = await open();
    const first = await start(slack);
    await install(slack, first, 'T1');
    await first.platform.stop();
    const second = await start(slack);
    await post(second, 'T1', 'after the restart');
    const old = tokensOf(slack, 'T1');
    await install(slack, second, 'T1');
    for (const token of old) slack.world.dead.set(token, 'token_revoked');
    await post(second, 'T1', 'with the new token');
    expect(said(slack, 'C1')).toEqual(['after the restart', 'with the new token']);
    expect(await second.inbox.installations.all('slack')).toHaveLength(1);
  });

  it('move to a new key when it stands before the old one', async () => {
    const slack = await open();
    const first = await start(slack);
    await install(slack, first, 'T1');
    await first.platform.stop();
    const second = await start(slack, [OTHER_KEY, KEY]);
    await second.platform.stop();
    const third = await start(slack, [OTHER_KEY]);
    await post(third, 'T1', 'with the new key');
    expect(said(slack, 'C1')).toEqual(['with the new key']);
  });

  it('that no key opens are kept and told of, and are no matter of the others', async () => {
    const slack = await open();
    const first = await start(slack);
    await install(slack, first, 'T1');
    await first.platform.stop();
    const second = await start(slack, [OTHER_KEY]);
    expect(alerts()).toEqual([expect.stringMatching(/can’t be read.*behind the new one/)]);
    await install(slack, second, 'T2');
    await post(second, 'T2', 'two');
    await expect(post(second, 'T1', 'one')).rejects.toMatchObject({ kind: 'no-access' });
    await second.platform.stop();
    const third = await start(slack, [OTHER_KEY, KEY]);
    await post(third, 'T1', 'one');
    expect([said(slack, 'C1'), said(slack, 'C2')]).toEqual([['one'], ['two']]);
  });

  it('are opened for nobody else: a row that was moved or changed is no install', async () => {
    const slack = await open();
    const first = await start(slack);
    await install(slack, first, 'T1');
    await first.platform.stop();
    const { installations } = first.inbox;
    const [{ content } = { content: '' }] = await installations.all('slack');
    await installations.put({ platform: 'slack', tenant: 'T2', content });
    const flipped = content.replace(/(?<=\.)[^.](?=[^.]*$)/, (first) =>
      first === 'A' ? 'B' : 'A',
    );
    await installations.put({ platform: 'slack', tenant: 'T1', content: flipped });
    const second = await start(slack);
    expect(alerts()).toHaveLength(2);
    expect(second.platform.describe()).toContain('in no workspaces');
  });
});

describe('A workspace that removes the app', () => {
  it('is forgotten with its tokens, its settings kept, and what still comes is dropped', async () => {
    const slack = await open();
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    await install(slack, bot, 'T2');
    expect((await slack.uninstall('T1')).map(({ status }) => status)).toEqual([200, 200]);
    while (bot.inbox.places.length < 3 || !bot.inbox.arrivals.every(({ done }) => done)) {
      await pause(2);
    }
    const gone = { kind: 'left', place: { platform: 'slack', tenant: 'T1' } };
    expect(new Set(bot.inbox.places.slice(2))).toEqual(new Set([gone]));
    expect(await bot.inbox.installations.all('slack')).toMatchObject([{ tenant: 'T2' }]);
    const kept = bot.inbox.arrivals.length;
    slack.addTeam('T1');
    const late = { type: 'reaction_added', user: 'U1', reaction: 'bookmark', item: {} };
    expect((await slack.event('T1', late)).status).toBe(200);
    expect(bot.inbox.arrivals).toHaveLength(kept);
    await post(bot, 'T2', 'two');
    await expect(post(bot, 'T1', 'one')).rejects.toMatchObject({ kind: 'no-access' });
  });

  it('is found out by the first call that Slack refuses, too', async () => {
    const slack = await open();
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    slack.fail('chat.postMessage', { kind: 'error', error: 'account_inactive' });
    await expect(post(bot, 'T1', 'one')).rejects.toMatchObject({ kind: 'no-access' });
    expect(await bot.inbox.installations.all('slack')).toEqual([]);
    expect(bot.inbox.places.at(-1)).toMatchObject({ kind: 'left' });
  });

  it('and installs it again is not removed by a call that was refused before', async () => {
    const slack = await open();
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    const lines = Array.from({ length: 40 }, (_, n) => post(bot, 'T1', `line ${n}`));
    const queue = Promise.allSettled(lines);
    const late = expect(post(bot, 'T1', 'late')).rejects.toMatchObject({ kind: 'no-access' });
    await install(slack, bot, 'T1');
    slack.fail('chat.postMessage', { kind: 'error', error: 'account_inactive' }, 41);
    await queue;
    await late;
    slack.heal();
    await post(bot, 'T1', 'still here');
    expect(said(slack, 'C1').at(-1)).toBe('still here');
  });

  it('and installs it again is not removed by word of the removal that comes late', async () => {
    const slack = await open();
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    const at = Math.floor(slack.clock.now() / 1000) - 60;
    const parcel = {
      type: 'event_callback',
      team_id: 'T1',
      event_id: 'Ev-late',
      event_time: at,
      event: { type: 'app_uninstalled' },
    };
    await slack.send({ kind: 'events_api', payload: parcel });
    await slack.event('T1', { type: 'tokens_revoked', tokens: { oauth: ['U1'] } });
    while (bot.inbox.arrivals.filter(({ done }) => done).length < 2) await pause(2);
    await post(bot, 'T1', 'still here');
    expect(said(slack, 'C1')).toEqual(['still here']);
  });
});

describe('Tokens that Slack rotates', () => {
  it('are renewed before they end, once for all who wait, and saved before they are used', async () => {
    const slack = await open({ rotates: true });
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    await post(bot, 'T1', 'fresh');
    await slack.clock.advance(11 * HOUR_MS);
    await Promise.all(['a', 'b', 'c'].map((line) => post(bot, 'T1', line)));
    expect(tokensOf(slack, 'T1')).toHaveLength(2);
    await bot.platform.stop();
    const again = await start(slack);
    await slack.clock.advance(5 * HOUR_MS);
    await post(again, 'T1', 'with the renewed one');
    expect(said(slack, 'C1')).toHaveLength(5);
  });

  it('are renewed after they have ended, too', async () => {
    const slack = await open({ rotates: true });
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    await slack.clock.advance(30 * HOUR_MS);
    await post(bot, 'T1', 'a day later');
    expect(said(slack, 'C1')).toEqual(['a day later']);
  });

  it('serve on when they can’t be renewed just now, and Slack is asked once a minute', async () => {
    const slack = await open({ rotates: true });
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    await slack.clock.advance(11 * HOUR_MS);
    slack.fail('oauth.v2.access', { kind: 'status', status: 503 });
    for (const line of ['a', 'b']) await post(bot, 'T1', line);
    expect(tokensOf(slack, 'T1')).toHaveLength(1);
    await slack.clock.advance(61_000);
    await post(bot, 'T1', 'c');
    expect(tokensOf(slack, 'T1')).toHaveLength(2);
    expect(said(slack, 'C1')).toEqual(['a', 'b', 'c']);
    expect(alerts()).toEqual([]);
  });

  it('are waited for when they have ended and can’t be renewed just now', async () => {
    const slack = await open({ rotates: true });
    const bot = await start(slack);
    await install(slack, bot, 'T1');
    await slack.clock.advance(13 * HOUR_MS);
    slack.fail('oauth.v2.access', { kind: 'status', status: 503 });
    await expect(post(bot, 'T1', 'a')).rejects.toMatchObject({ kind: 'unavailable' });
    await slack.clock.advance(61_000);
    await post(bot, 'T1', 'a');
    expect(said(slack, 'C1')).toEqual(['a']);
  });

  it('that could not be saved are used and saved later, with an alert', async () => {
    const slack = await open({ rotates: true });
    const inbox = anInbox();
    const { installations } = inbox;
    let isFull = false;
    Object.assign(inbox, {
      installations: {
        ...installations,
        put: (given: Parameters<typeof installations.put>[0]) =>
          isFull ? Promise.reject(new Error('The disk is full.')) : installations.put(given),
      },
    });
    const bot = await start(slack, [KEY], inbox);
    await install(slack, bot, 'T1');
    await slack.clock.advance(11 * HOUR_MS);
    isFull = true;
    await post(bot, 'T1', 'a');
    expect(alerts()).toEqual([expect.stringContaining('could not be saved')]);
    isFull = false;
    await slack.clock.advance(61_000);
    await post(bot, 'T1', 'b');
    await bot.platform.stop();
    const again = await start(slack);
    await slack.clock.advance(11 * HOUR_MS);
    await post(again, 'T1', 'c');
    expect(said(slack, 'C1')).toEqual(['a', 'b', 'c']);
  });

  it('51: lost in a crash after Slack renewed them, they are asked for again; others go on', async () => {
    const slack = await open({ rotates: true });
    const first = await start(slack);
    await install(slack, first, 'T1');
    await install(slack, first, 'T2');
    await slack.clock.advance(11 * HOUR_MS);
    slack.fail('oauth.v2.access', { kind: 'hang', posted: true });
    const renewals = () => slack.api.calls.filter(({ method }) => method === 'oauth.v2.access');
    const before = renewals().length;
    post(first, 'T1', 'never').catch(() => undefined);
    while (renewals().length === before) await pause(2);

    const second = await start(slack);
    await post(second, 'T1', 'with the old token');
    await post(second, 'T2', 'renewed');
    const asked = () => slack.world.messages.filter(({ channel }) => channel.startsWith('D'));
    while (asked().length === 0) await pause(2);
    expect(asked().map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /digests end on \d{4}-\d\d-\d\d at \d\d:\d\d UTC\. Please install Paperboy again at https:\/\/papers\.example\/slack\/install/,
      ),
    ]);
    expect(alerts()).toEqual([expect.stringMatching(/refuses to renew.*install it again/)]);

    await slack.clock.advance(2 * HOUR_MS);
    await expect(post(second, 'T1', 'late')).rejects.toMatchObject({
      kind: 'no-access',
      message: expect.stringContaining('install Paperboy again') as unknown,
    });
    await post(second, 'T2', 'on and on');
    await install(slack, second, 'T1');
    await post(second, 'T1', 'late');
    expect(said(slack, 'C1')).toEqual(['with the old token', 'late']);
    expect(said(slack, 'C2')).toEqual(['renewed', 'on and on']);
    expect(asked()).toHaveLength(1);
  });
});

describe('Two installs in one channel', () => {
  async function shared() {
    const slack = await open();
    const bot = await start(slack);
    slack.addChannel('C3', 'T1', { sharedWith: ['T2'] });
    await install(slack, bot, 'T1');
    await install(slack, bot, 'T2');
    const done = () => bot.inbox.arrivals.every((each) => each.done);
    const does = async (action: Promise<unknown>) => {
      await action;
      while (!done()) await pause(2);
    };
    return { slack, bot, does };
  }

  it('47: keep each reader’s library apart, whoever posted what they mark', async () => {
    const { slack, bot, does } = await shared();
    const one = await post(bot, 'T1', 'of one', 'C3');
    const two = await post(bot, 'T2', 'of two', 'C3');
    for (const user of ['U1', 'U2']) {
      for (const { message: ts } of [one, two]) {
        await does(slack.readers.react(user, { channel: 'C3', ts }, 'bookmark'));
      }
    }
    const seen = bot.inbox.reactions.map(({ message, reader }) => [
      message.tenant,
      reader.tenant,
      reader.user,
    ]);
    expect(seen).toEqual([
      ['T1', 'T1', 'U1'],
      ['T2', 'T1', 'U1'],
      ['T1', 'T2', 'U2'],
      ['T2', 'T2', 'U2'],
    ]);
  });

  it('47: act for the workspace of who types or presses', async () => {
    const { slack, bot, does } = await shared();
    const message = {
      summary: 'A paper',
      blocks: [
        { type: 'actions' as const, buttons: [{ label: 'Go', command: 'today', args: {} }] },
      ],
    };
    const place = { platform: 'slack', tenant: 'T1', channel: 'C3' };
    const { message: ts } = await bot.platform.post(place, message, { key: 'a' });
    for (const user of ['U1', 'U2']) {
      await does(slack.readers.type(user, 'C3', 'today'));
      await does(slack.readers.press(user, { channel: 'C3', ts }, { label: 'Go' }));
    }
    const seen = bot.inbox.calls.map(({ channel, reader }) => [channel.tenant, reader.tenant]);
    expect(seen).toEqual([
      ['T1', 'T1'],
      ['T1', 'T1'],
      ['T2', 'T2'],
      ['T2', 'T2'],
    ]);
  });

  it('47: keep nothing for anybody while Slack does not tell whose library it is', async () => {
    const { slack, bot, does } = await shared();
    const { message: ts } = await post(bot, 'T1', 'of one', 'C3');
    slack.fail('users.info', { kind: 'error', error: 'internal_error' });
    await does(slack.readers.react('U2', { channel: 'C3', ts }, 'bookmark'));
    expect(bot.inbox.reactions.map(({ reader }) => reader.tenant)).toEqual(['T2']);
  });

  it('are told apart when one of the bots leaves', async () => {
    const { slack, bot, does } = await shared();
    const { botUser: user } = slack.world.installs.get('T1')!;
    await does(slack.event('T2', { type: 'member_left_channel', channel: 'C3', user }));
    expect(bot.inbox.places.at(-1)).toEqual({
      kind: 'left',
      place: { platform: 'slack', tenant: 'T1', channel: 'C3' },
    });
  });
});
