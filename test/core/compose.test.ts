import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authorLine,
  dayAndMonth,
  dayName,
  paperBlocks,
  paperCard,
  paperLine,
} from '../../src/core/compose.ts';
import { createPaper } from './commands/services.ts';

describe('authors', () => {
  it.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B', 'C'], 'A, B, C'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B, C +2'],
  ])('%j read %j', (authors, line) => {
    expect(authorLine(authors)).toBe(line);
  });
});

describe('a card', () => {
  it('holds all that is known of a paper', () => {
    const paper = createPaper({
      summary: 'Agents learn to read.',
      organization: 'Google',
      thumbnail: 'https://cdn.example/t.png',
      codeUrl: 'https://github.com/a/b',
      projectUrl: 'https://a.github.io/',
    });
    expect(paperCard(paper, { rank: 2, why: 'matches agents' })).toEqual({
      id: '2608.01234',
      title: 'Agents that read',
      href: 'https://huggingface.co/papers/2608.01234',
      rank: 2,
      authors: 'Ada Lovelace, Alan Turing, Grace Hopper +2',
      organization: 'Google',
      upvotes: 163,
      why: 'matches agents',
      summary: 'Agents learn to read.',
      thumbnail: 'https://cdn.example/t.png',
      links: [
        { label: 'Hugging Face', href: 'https://huggingface.co/papers/2608.01234' },
        { label: 'arXiv', href: 'https://arxiv.org/abs/2608.01234' },
        { label: 'PDF', href: 'https://arxiv.org/pdf/2608.01234' },
        { label: 'Code', href: 'https://github.com/a/b' },
        { label: 'Project', href: 'https://a.github.io/' },
      ],
    });
  });

  it('leaves out what is not known, and leads to arXiv where Hugging Face may have no page', () => {
    const { upvotes, ...rest } = createPaper({ source: 'arxiv', abstract: '' });
    expect(upvotes).toBe(163);
    expect(paperCard(rest)).toEqual({
      id: '2608.01234',
      title: 'Agents that read',
      href: 'https://arxiv.org/abs/2608.01234',
      authors: 'Ada Lovelace, Alan Turing, Grace Hopper +2',
      links: [
        { label: 'arXiv', href: 'https://arxiv.org/abs/2608.01234' },
        { label: 'PDF', href: 'https://arxiv.org/pdf/2608.01234' },
      ],
    });
  });

  it('leads to Hugging Face for a paper of arXiv that has votes there', () => {
    expect(paperCard(createPaper({ source: 'arxiv' })).href).toContain('huggingface.co');
  });

  it('falls back to the first sentence of the abstract, and bounds it', () => {
    expect(paperCard(createPaper()).summary).toBe('We teach agents to read.');
    const endless = paperCard(createPaper({ abstract: 'word '.repeat(500).trim() })).summary;
    expect(endless?.length).toBeLessThanOrEqual(400);
    expect(endless).toMatch(/…$/);
  });

  it('marks votes of the sample, and withdrawn papers', () => {
    const sample = createPaper({ source: 'sample' });
    expect(paperCard(sample).why).toBe('sample votes');
    expect(paperCard(sample, { why: 'matches agents' }).why).toBe('matches agents; sample votes');
    expect(paperCard(createPaper({ withdrawn: true })).summary).toBe('Withdrawn by its authors.');
  });

  it('is numbered in a ranking', () => {
    const ranked = [
      { paper: createPaper(), score: 1, why: 'new' },
      { paper: createPaper(), score: 0 },
    ];
    expect(paperBlocks(ranked)).toMatchObject([
      { type: 'paper', paper: { rank: 1, why: 'new' } },
      { type: 'paper', paper: { rank: 2 } },
    ]);
  });
});

describe('a line', () => {
  const title = { text: 'Agents that read', href: 'https://huggingface.co/papers/2608.01234' };

  it('is rank, title, votes and why', () => {
    expect(paperLine(createPaper(), { rank: 1, why: 'code ★8' })).toEqual([
      { text: '1. ' },
      title,
      { text: ' ▲163 (code ★8)' },
    ]);
  });

  it('leaves out what there is none of', () => {
    expect(paperLine(createPaper())).toEqual([title, { text: ' ▲163' }]);
    const { upvotes, ...rest } = createPaper({ source: 'hugging-face' });
    expect(upvotes).toBe(163);
    expect(paperLine(rest)).toEqual([title]);
    expect(paperLine(rest, { why: 'new' })).toEqual([title, { text: ' (new)' }]);
  });
});

describe('a day', () => {
  it('is named with and without its year', () => {
    expect(dayName('2026-08-20')).toBe('Thursday 20 August 2026');
    expect(dayAndMonth('2026-02-01')).toBe('Sunday 1 February');
  });

  it('has the name that the calendar gives it, whichever it is', () => {
    const days = fc.date({
      min: new Date('1991-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: 'UTC',
      weekday: 'long',
      month: 'long',
    });
    fc.assert(
      fc.property(days, (day) => {
        const names = parts.formatToParts(day).map(({ value }) => value);
        const words = dayName(day.toISOString().slice(0, 10)).split(' ');
        expect(names).toEqual(expect.arrayContaining([words[0], words[2]]));
        expect(Number(words[1])).toBe(day.getUTCDate());
      }),
    );
  });

  it('that is none is refused', () => {
    expect(() => dayName('soon')).toThrow(RangeError);
  });
});

describe('links that somebody gave with a paper', () => {
  it.each([
    ['https://github.com/a/b', true],
    ['https://a.github.io/b', true],
    ['https://huggingface.co/spaces/a', true],
    ['https://github.com.evil.example/a', false],
    ['https://evilgithub.com/', false],
    ['https://a.example', false],
    ['javascript:alert(1)', false],
    ['no link', false],
  ])('%s are shown: %s', (codeUrl, isShown) => {
    const { links } = paperCard(createPaper({ codeUrl }));
    expect(links.some(({ label }) => label === 'Code')).toBe(isShown);
  });
});
