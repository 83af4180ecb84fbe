import { describe, expect, it } from 'vitest';
import type { CommandServices } from '../../../src/core/commands/command.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import { SourceError } from '../../../src/core/errors.ts';
import type { Reply } from '../../../src/core/platform.ts';
import { papersIn } from '../../../src/core/message.ts';
import {
  callOf,
  cardsOf,
  CHANNEL,
  createPaper,
  createLog,
  createServices,
  NOW,
  NOWHERE,
  textOf,
} from './services.ts';

function run(
  text: string,
  over: Partial<CommandServices> = {},
): { services: ReturnType<typeof createServices>; reply: Promise<Reply> } {
  const services = createServices(over);
  const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
  return { services, reply: dispatch(callOf({ text })) };
}

describe('today', () => {
  it('shows the newest list to everybody, ranked, with why', async () => {
    const reply = await run('today').reply;
    expect(reply.private).toBe(false);
    expect(reply.message.summary).toBe('Papers of Tuesday 24 November 2026: Agents that read');
    expect(textOf(reply.message)).toBe('Papers of Tuesday 24 November 2026');
    expect(cardsOf(reply.message)).toMatchObject([
      { id: '2608.01234', rank: 1, why: 'top 3% for its age' },
    ]);
  });

  it('names the span of several lists, and passes a note on', async () => {
    const list = {
      dates: ['2026-11-24', '2026-11-23'],
      ranked: [createPaper(), createPaper({ id: '2608.01235' })].map((paper) => ({
        paper,
        score: 1,
      })),
      note: 'arXiv did not answer.',
    };
    const { message } = await run('today 2', { today: () => Promise.resolve(list) }).reply;
    expect(message.summary).toBe(
      'Papers of Monday 23 November 2026 to Tuesday 24 November 2026: Agents that read, and 1 more',
    );
    expect(message.blocks.at(-1)).toEqual({
      type: 'text',
      spans: [{ text: 'arXiv did not answer.' }],
    });
    expect(papersIn(message)).toEqual(['2608.01234', '2608.01235']);
  });

  it('says what to do while there is nothing', async () => {
    const today = () => Promise.resolve({ dates: [], ranked: [] });
    expect(textOf((await run('today', { today }).reply).message)).toContain('try again');
  });
});

describe('foryou', () => {
  it('shows the newest list to the caller alone', async () => {
    const { services, reply } = run('foryou 7');
    const { private: isPrivate, message } = await reply;
    expect([isPrivate, services.asked.today]).toEqual([true, [7]]);
    expect(message.summary).toBe('Papers of Tuesday 24 November 2026, for you: Agents that read');
    expect(textOf(message)).not.toContain('everybody');
  });

  it('says how it comes to know the caller, beside what else is missing', async () => {
    const list = {
      dates: ['2026-11-24'],
      ranked: [],
      note: 'arXiv did not answer.',
      learnt: false,
    };
    const { message } = await run('foryou', { forReader: () => Promise.resolve(list) }).reply;
    expect(textOf(message)).toMatch(
      /everybody’s order as yet\. React with 🔖 .* arXiv did not answer\./,
    );
  });
});

describe('trending', () => {
  it.each([
    ['trending', 7, 5],
    ['trending day', 1, 5],
    ['trending MONTH 3', 30, 3],
  ])('%j looks back %i days for %i papers', async (text, days, count) => {
    const { services, reply } = run(text);
    expect((await reply).private).toBe(false);
    expect(services.asked.trending).toEqual([{ days, count }]);
  });

  it('says where to look when nothing trends', async () => {
    const trending = () => Promise.resolve({ dates: [], ranked: [] });
    const { message } = await run('trending day', { trending }).reply;
    expect(textOf(message)).toBe(
      'Trending today\nNo papers in the archive for the last day. ' +
        'Look further back with /papers trending month.',
    );
  });
});

describe('topic', () => {
  it('searches for this channel from a day on', async () => {
    const { services, reply } = run('topic "video generation" --count 3 --since 7d');
    const { message } = await reply;
    expect(services.asked.searches).toEqual([
      { query: 'video generation', options: { limit: 3, since: '2026-11-17', channel: CHANNEL } },
    ]);
    expect(textOf(message)).toBe('Papers on “video generation” since Tuesday 17 November 2026');
  });

  it('says of each hit where it came from and when it was posted here', async () => {
    const hits = [
      { paper: createPaper(), from: ['archive', 'Hugging Face'], postedOn: '2026-08-20' },
      { paper: createPaper({ id: '2608.01235' }), from: ['Hugging Face'] },
    ];
    const notes = ['arXiv was too slow.'];
    const reply = await run('topic agents', {
      search: () => Promise.resolve({ hits, notes, tried: NOWHERE }),
    }).reply;
    expect(reply.private).toBe(false);
    expect(cardsOf(reply.message).map(({ rank, why }) => [rank, why])).toEqual([
      [1, 'from the archive and Hugging Face; posted here on Thursday 20 August 2026'],
      [2, 'from Hugging Face'],
    ]);
    expect(textOf(reply.message)).toContain('arXiv was too slow.');
  });

  it('says what was tried when nothing is found', async () => {
    const tried = { places: ['archive', 'Hugging Face', 'arXiv'], ways: ['multimodal'] };
    const search = () => Promise.resolve({ hits: [], notes: [], tried });
    const { message } = await run('topic zzz', { search }).reply;
    expect(textOf(message)).toContain(
      'Nothing close to that in the archive, Hugging Face and arXiv, nor for “multimodal”. I looked ' +
        'at titles, abstracts, authors, organizations and keywords. Try fewer or other words.',
    );
    expect(message.summary).toBe('Papers on “zzz”: nothing found');
  });

  it('says nothing of nothing where all that was found is muted', async () => {
    const answer = { hits: [], notes: ['Left out are papers.'], tried: NOWHERE, allMuted: true };
    const { message } = await run('topic zzz', { search: () => Promise.resolve(answer) }).reply;
    expect(textOf(message)).toBe('Papers on “zzz”\nLeft out are papers.');
  });

  it.each([
    ['2608.99999', 'No paper 2608.99999 in the archive and arXiv. Please check the number.'],
    [
      'https://arxiv.org/abs/2608.99999 since:7d',
      'No paper 2608.99999 from that day on in the archive and arXiv. Please check the number.',
    ],
  ])('says of %s that nobody knows the paper', async (typed, line) => {
    const tried = { places: ['archive', 'arXiv'], ways: [] };
    const search = () => Promise.resolve({ hits: [], notes: [], tried });
    const { message } = await run(`topic ${typed}`, { search }).reply;
    expect(textOf(message)).toContain(line);
  });

  it.each(['🔖', '*', 'the of', '-agents'])(
    'says that %s holds no word to look for',
    async (typed) => {
      const search = () => Promise.resolve({ hits: [], notes: [], tried: NOWHERE });
      const { message } = await run(`topic ${typed}`, { search }).reply;
      expect(textOf(message)).toContain(
        'There is no word in that to look for. Try a topic, such as video generation.',
      );
    },
  );

  it.each([
    ['agents since:7d', 'agents', '2026-11-17'],
    ['since:2026-03 agents "since:then"', 'agents "since:then"', '2026-03-01'],
    ['agents SINCE:"3 months" tools', 'agents tools', '2026-08-24'],
  ])('takes the day out of %s', async (typed, query, since) => {
    const { services, reply } = run(`topic ${typed}`);
    await reply;
    expect(services.asked.searches).toEqual([
      { query, options: { limit: 5, since, channel: CHANNEL } },
    ]);
  });

  it('asks what to look for where there is a day alone', async () => {
    const { services, reply } = run('topic since:7d');
    expect(textOf((await reply).message)).toContain('topic needs query');
    expect(services.asked.searches).toEqual([]);
  });

  it('keeps quotes that mean something', async () => {
    const { services, reply } = run('topic author:“Jane Doe” agents');
    await reply;
    expect(services.asked.searches[0]?.query).toBe('author:"Jane Doe" agents');
  });

  it('refuses a day it doesn’t understand, privately', async () => {
    const { services, reply } = run('topic agents --since someday');
    expect((await reply).private).toBe(true);
    expect(services.asked.searches).toEqual([]);
  });
});

describe('show', () => {
  it.each(['2608.01234', 'https://huggingface.co/papers/2608.01234', 'arXiv: 2608.01234v2'])(
    'finds %j and offers to save it, and papers like it',
    async (wanted) => {
      const { message, private: hidden } = await run(`show ${wanted}`).reply;
      expect(hidden).toBe(false);
      expect(papersIn(message)).toEqual(['2608.01234']);
      expect(textOf(message)).toBe('We teach agents to read. They now read.');
      expect(message.blocks.at(-1)).toEqual({
        type: 'actions',
        buttons: [
          { label: 'Save', command: 'save', args: { paper: '2608.01234' } },
          { label: 'Similar', command: 'similar', args: { paper: '2608.01234' } },
        ],
      });
    },
  );

  it('does not say the abstract twice', async () => {
    const find = () => Promise.resolve(createPaper({ abstract: 'One sentence.' }));
    expect(textOf((await run('show 2608.01234', { find }).reply).message)).toBe('');
  });

  it.each([
    ['show', 'show needs paper'],
    ['show attention', '“attention” is no arXiv id or link.'],
    ['show 9999.99999', 'I found no paper 9999.99999'],
  ])('%j is answered with %j', async (text, expected) => {
    const reply = await run(text).reply;
    expect(reply.private).toBe(true);
    expect(textOf(reply.message)).toContain(expected);
  });

  it('asks for patience when a source doesn’t answer', async () => {
    const find = () => Promise.reject(new SourceError('unreachable', 'timed out'));
    expect(textOf((await run('show 2608.01234', { find }).reply).message)).toBe(
      'I couldn’t look up 2608.01234 just now. Please try again in a few minutes.',
    );
  });
});

describe('similar', () => {
  it('shows papers like one, as many as asked for', async () => {
    const counts: number[] = [];
    const similar: CommandServices['similar'] = (_channel, paper, count) => {
      counts.push(count);
      return Promise.resolve([{ ...paper, id: '2608.05678', title: 'Readers that act' }]);
    };
    const link = 'https://arxiv.org/abs/2608.01234';
    const { message } = await run(`similar ${link} --count 3`, { similar }).reply;
    // As `/papers help similar` has it: similar <paper> [count].
    await run('similar 2608.01234 4', { similar }).reply;
    await run(`similar see ${link} 20`, { similar }).reply;
    await run('similar arXiv: 2608.01234', { similar }).reply;
    expect(counts).toEqual([3, 4, 20, 5]);
    const tooMany = await run('similar 2608.01234 21', { similar }).reply;
    expect(textOf(tooMany.message)).toContain('is no arXiv id or link');
    expect(textOf(message)).toBe('Papers like “Agents that read”');
    expect(cardsOf(message).map(({ title }) => title)).toEqual(['Readers that act']);
  });

  it('says so where there is no other paper', async () => {
    const { reply } = run('similar 2608.01234', { similar: () => Promise.resolve([]) });
    expect(textOf((await reply).message)).toContain('no other paper yet');
  });
});
