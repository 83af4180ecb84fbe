import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createHome } from '../../src/core/commands/index.ts';
import { definitions } from '../../src/core/commands/index.ts';
import type { CommandServices } from '../../src/core/commands/command.ts';
import type { HomeCall } from '../../src/core/home.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Paper } from '../../src/core/paper.ts';
import { renderHome } from '../../src/slack/home.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import {
  createLog,
  createPaper,
  createServices,
  createSubscription,
  NOW,
} from '../core/commands/services.ts';
import { checkView } from '../fakes/slack-server/block-limits.ts';
import { hostileTitles } from '../fixtures/messages.ts';
import { recordingLog, type LogLine } from './open-installs.ts';
import { openSlack } from './open-slack.ts';

const THUMBNAIL = 'https://cdn-thumbnails.huggingface.co/a.png';
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const aPaper = (n: number, over: Partial<Paper> = {}) =>
  createPaper({ id: `2608.${10_000 + n}`, title: `Paper ${n}`, thumbnail: THUMBNAIL, ...over });

/** The core's page over a library that can change. */
function createLibrary(library: Paper[], over: Partial<CommandServices> = {}) {
  const services = createServices({
    today: (_channel, count) =>
      Promise.resolve({
        dates: ['2026-11-24'],
        ranked: Array.from({ length: count }, (_, n) => ({
          paper: aPaper(n),
          score: 1,
          why: 'new',
        })),
      }),
    bookmarks: (_reader, query = '') =>
      Promise.resolve(library.filter(({ title }) => title.includes(query))),
    unsave: (_reader, id) => {
      const at = library.findIndex((paper) => paper.id === id);
      if (at >= 0) library.splice(at, 1);
      return Promise.resolve(at >= 0);
    },
    ...over,
  });
  return createHome({ services, clock: () => NOW, log: createLog() });
}

async function start(library: Paper[], over: Partial<CommandServices> = {}, log = silentLog) {
  const scene = await openSlack({ settings: { log } });
  const inbox = createRecordingInbox();
  closing.push(scene.close, () => scene.platform.stop());
  const page = createLibrary(library, over);
  const home = (call: HomeCall) => {
    inbox.homeCalls.push(call);
    return page(call);
  };
  await scene.platform.start({ ...inbox, home }, definitions);
  const { slack, does } = scene;
  await does(slack.readers.openHome('U1'));
  const shown = () => slack.view('U1', 'home')!;
  return { ...scene, inbox, shown };
}

const library = () => Array.from({ length: 14 }, (_, n) => aPaper(100 + n));

describe('The App Home', () => {
  it('shows a reader’s page as its golden file says', async () => {
    const subscription = createSubscription();
    const home = createLibrary([aPaper(0), aPaper(100)], {
      subscription: () => Promise.resolve(subscription),
    });
    const reader = { platform: 'slack', tenant: 'T1', user: 'U1' };
    const channel = { platform: 'slack', tenant: 'T1', channel: 'D1' };
    const blocks = renderHome(await home({ reader, channel, state: {} }));
    checkView({ type: 'home', blocks });
    const json = `${JSON.stringify(blocks, null, 2)}\n`;
    await expect(json).toMatchFileSnapshot('../golden/slack-home.json');
  });

  it('fits on a page, whatever was saved and whatever was pressed', async () => {
    const titles = fc.array(
      fc.oneof(fc.constantFrom(...Object.values(hostileTitles)), fc.string({ maxLength: 300 })),
      { maxLength: 30 },
    );
    const commands = fc.constantFrom('show', 'saved', 'help', 'status', 'today', 'topic');
    await fc.assert(
      fc.asyncProperty(titles, commands, async (some, command) => {
        const papers = some.map((title, n) => aPaper(n, { title, summary: title }));
        const home = createLibrary(papers);
        const channel = { platform: 'slack', tenant: 'T1', channel: 'D1' };
        const reader = { platform: 'slack', tenant: 'T1', user: 'U1' };
        const press = { command, args: { paper: '2608.01234', query: 'x' }, canManage: true };
        const { blocks } = await home({ reader, channel, state: {}, press });
        const shown = renderHome({ blocks });
        checkView({ type: 'home', blocks: shown });
        // Nothing of the page is cut off: its last row is the last one shown.
        expect(JSON.stringify(shown.at(-1))).toContain('Settings of a channel');
      }),
      { numRuns: 60 },
    );
  });

  it('opens with the day’s papers and what was saved', async () => {
    const { shown, inbox } = await start(library());
    expect(shown().text).toMatch(/Papers of Tuesday 24 November 2026[^]*You saved 14 papers/);
    expect(inbox.homeCalls).toMatchObject([
      {
        reader: { platform: 'slack', tenant: 'T1', user: 'U1' },
        channel: { tenant: 'T1', channel: expect.stringMatching(/^D/) as string },
        timezone: 'Europe/Berlin',
      },
    ]);
  });

  it('turns pages, searches and removes, and says so in place', async () => {
    const { slack, does, shown } = await start(library());
    await does(slack.readers.pressInView('U1', shown().id, { label: 'Older' }));
    expect(shown().text).toMatch(/Paper 106[^]*Page 2 of 3/);
    await does(slack.readers.searchInView('U1', shown().id, '113'));
    expect(shown().text).toMatch(/You saved 1 paper about “113”/);
    const value = '{"command":"unsave","args":{"paper":"2608.10113"}}';
    await does(slack.readers.pressInView('U1', shown().id, { value }));
    expect(shown().text).toMatch(/^Removed 2608.10113[^]*None of your saved papers is about “113”/);
    await does(slack.readers.searchInView('U1', shown().id, ''));
    expect(shown().text).toContain('You saved 13 papers');
  });

  it('opens the settings of a reader’s own digest, and shows them once they are saved', async () => {
    let isSubscribed = false;
    const subscription = () => Promise.resolve(isSubscribed ? createSubscription() : undefined);
    const { slack, does, shown, inbox } = await start([], { subscription });
    await does(slack.readers.pressInView('U1', shown().id, { label: 'Settings' }));
    const form = slack.view('U1', 'modal')!;
    const home = inbox.homeCalls[0]!.channel.channel;
    expect(JSON.stringify(form.view)).toContain(`"initial_conversation":"${home}"`);
    isSubscribed = true;
    await does(slack.readers.submit('U1', form.id, {}));
    expect(inbox.calls).toMatchObject([{ name: 'subscribe', channel: { channel: home } }]);
    expect(shown().text).toContain('You get 8 papers');
  });

  it('gives a code that joins the reader’s libraries, in place', async () => {
    const { slack, does, shown } = await start(library());
    await does(slack.readers.pressInView('U1', shown().id, { label: 'Join your libraries' }));
    expect(shown().text).toMatch(/^Write this as your other account.*\n+\/papers link ABCD-EFGH\n/);
    expect(shown().text).toContain('You saved 14 papers');
  });

  it('opens the settings of a channel that is picked, for those who manage it', async () => {
    const { slack, does, shown } = await start([]);
    slack.addChannel('C2', 'T1', { creator: 'U2' });
    await does(slack.readers.pickInView('U1', shown().id, 'C2'));
    expect(slack.view('U1', 'modal')).toBeUndefined();
    expect(shown().text).toMatch(/^Only people who may manage this channel/);
    await does(slack.readers.pickInView('U1', shown().id, 'C1'));
    const form = JSON.stringify(slack.view('U1', 'modal')!.view);
    expect(form).toContain('"initial_conversation":"C1"');
  });

  it('is shown without pictures where Slack can’t fetch one', async () => {
    const { slack, does, shown } = await start(library());
    slack.world.brokenImages.add(THUMBNAIL);
    await does(slack.readers.openHome('U1'));
    expect(JSON.stringify(shown().view)).not.toContain(THUMBNAIL);
    expect(shown().text).toContain('You saved 14 papers');
  });

  it('48: does nothing of what is not ours, says so in the log, and is made anew', async () => {
    const lines: LogLine[] = [];
    const { slack, does, shown, inbox } = await start(library(), {}, recordingLog(lines));
    const value = '{"command":"unsave","args":{"paper":{"$ne":1}}}';
    const button = { type: 'button', action_id: 'paperboy:0', value };
    Object.assign(shown().view, { blocks: [{ type: 'actions', elements: [button] }] });
    await does(slack.readers.pressInView('U1', shown().id, { value }));
    expect(inbox.homeCalls.map(({ press }) => press)).toEqual([undefined, undefined]);
    expect(shown().text).toContain('You saved 14 papers');
    expect(lines).toContainEqual({
      level: 'warn',
      fields: { tenant: 'T1', user: 'U1' },
      message: 'a press is not one of ours',
    });
  });

  it('is no matter of the messages tab', async () => {
    const { slack, does, inbox } = await start([]);
    await does(slack.event('T1', { type: 'app_home_opened', user: 'U1', tab: 'messages' }));
    expect(inbox.homeCalls).toHaveLength(1);
  });
});
