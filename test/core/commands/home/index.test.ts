import { describe, expect, it } from 'vitest';
import { createHome } from '../../../../src/core/commands/index.ts';
import type { CommandServices } from '../../../../src/core/commands/command.ts';
import type { HomeBlock, HomeCall } from '../../../../src/core/home.ts';
import type { Block, Button } from '../../../../src/core/message.ts';
import {
  cardsOf,
  CHANNEL,
  createLog,
  createPaper,
  createServices,
  createSubscription,
  NOW,
  READER,
  textOf,
} from '../services.ts';

const papers = Array.from({ length: 14 }, (_, n) =>
  createPaper({ id: `2608.${10_000 + n}`, title: `Saved ${n}` }),
);

function open(over: Partial<HomeCall> = {}, services: Partial<CommandServices> = {}) {
  const bookmarks: CommandServices['bookmarks'] = (_reader, query) =>
    Promise.resolve(query === undefined ? papers : papers.slice(0, 1));
  const all = createServices({ bookmarks, ...services });
  const home = createHome({ services: all, clock: () => NOW, log: createLog() });
  return home({ reader: READER, channel: CHANNEL, state: {}, ...over });
}

const plain = (blocks: readonly HomeBlock[]) => ({
  summary: '',
  blocks: blocks.filter((each): each is Block => !['search', 'channels'].includes(each.type)),
});
const wordsOf = (blocks: readonly HomeBlock[]) => textOf(plain(blocks));
const titlesOf = (blocks: readonly HomeBlock[]) => cardsOf(plain(blocks)).map(({ title }) => title);
const buttonsOf = (blocks: readonly HomeBlock[]): Button[] =>
  blocks.flatMap((each) => (each.type === 'actions' ? each.buttons : []));

const press = (command: string, args = {}) => ({ press: { command, args, canManage: true } });

describe('A reader’s page', () => {
  it('shows the newest papers, what they saved, and their own digest', async () => {
    const { blocks } = await open(
      {},
      { subscription: () => Promise.resolve(createSubscription()) },
    );
    const words = wordsOf(blocks);
    expect(words).toMatch(/Papers of Tuesday 24 November 2026/);
    expect(words).toMatch(/You saved 14 papers/);
    expect(words).toMatch(/You get 8 papers .* preferring agents\.\nThe next one comes/);
    expect(titlesOf(blocks)[0]).toBe('Agents that read');
  });

  it('offers to remove what is saved, and to save what is not', async () => {
    const isSaved = await open({}, { bookmarks: () => Promise.resolve([createPaper()]) });
    expect(buttonsOf(isSaved.blocks)[0]).toMatchObject({ label: 'Remove', command: 'unsave' });
    const isNot = await open({}, { bookmarks: () => Promise.resolve([]) });
    expect(buttonsOf(isNot.blocks)[0]).toMatchObject({ label: 'Save', command: 'save' });
  });

  it('turns its pages, and remembers where it is', async () => {
    const first = await open();
    const older = buttonsOf(first.blocks).find(({ label }) => label === 'Older')!;
    const second = await open(press(older.command, older.args));
    expect(wordsOf(second.blocks)).toContain('Page 2 of 3.');
    expect(titlesOf(second.blocks)).toContain('Saved 6');
    const after = await open({ state: second.state, ...press('unsave', { paper: papers[7]!.id }) });
    expect(wordsOf(after.blocks)).toMatch(/^Removed 2608.10007.*\n[^]*Page 2 of 3\./);
  });

  it('searches what is saved, and goes back to all with an empty search', async () => {
    const found = await open(press('saved', { query: 'agents' }));
    expect(wordsOf(found.blocks)).toMatch(/You saved 1 paper about “agents”/);
    expect(found.blocks).toContainEqual(
      expect.objectContaining({ type: 'search', value: 'agents' }),
    );
    const all = await open({ state: found.state, ...press('saved', { query: '' }) });
    expect(wordsOf(all.blocks)).toMatch(/You saved 14 papers\n/);
  });

  it('hands on a form, and the words for where it can’t be shown', async () => {
    const { form, blocks } = await open(press('settings'));
    expect(form?.command).toBe('subscribe');
    expect(wordsOf(blocks)).toMatch(/^No digests come here/);
  });

  it('says that a command failed, and stands', async () => {
    const { blocks } = await open(press('nonsense'));
    expect(wordsOf(blocks)).toMatch(/^There is no “nonsense” command[^]*You saved 14 papers/);
  });

  it('makes the best of a state that is none of its own', async () => {
    const { blocks } = await open({ state: { query: 7, page: -3 } });
    expect(wordsOf(blocks)).toContain('Page 1 of 3.');
  });
});
