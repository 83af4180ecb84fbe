import { describe, expect, it } from 'vitest';
import { dayNote } from '../../../src/core/digest/day-note.ts';
import type { FetchOutcome } from '../../../src/core/archive/index.ts';
import { createHttp } from '../../../src/core/http.ts';
import { createSources } from '../../../src/core/sources/index.ts';

const now = new Date('2026-08-22T12:00:00Z');
const sources = createSources(
  {
    offline: false,
    huggingFace: { url: 'http://127.0.0.1:9' },
    arxiv: { url: 'http://127.0.0.1:9', rssUrl: 'http://127.0.0.1:9', categories: ['cs.CL'] },
  },
  createHttp({ userAgent: 'paperboy-test' }),
  () => now,
);

function note(date: string, ...outcomes: Partial<FetchOutcome>[]): string | undefined {
  const whole = outcomes.map((outcome, index) => ({
    kind: 'fetched' as const,
    date,
    source: sources[index]!.id,
    papers: 0,
    skipped: [],
    ...outcome,
  }));
  return dayNote(sources, whole, now);
}

describe('the note of a day', () => {
  it('is none when every source gave papers', () => {
    expect(note('2026-08-20', { papers: 15 }, { kind: 'complete', papers: 300 })).toBeUndefined();
  });

  it('says why a day has no list, and what comes next', () => {
    expect(note('2026-08-22', { kind: 'quiet' })).toBe(
      'Hugging Face Daily Papers has no list on Saturday 22 August 2026: a weekend. ' +
        'The next list is that of Monday 24 August 2026, complete Tuesday 01:30 UTC.',
    );
    expect(note('2026-01-02', { papers: 3 }, { kind: 'quiet' })).toBe(
      'arXiv has no list on Friday 2 January 2026: a holiday. ' +
        'The next list is that of Monday 5 January 2026.',
    );
  });

  it('says that a list is empty, or not open yet', () => {
    expect(note('2026-08-21', {})).toBe(
      'Hugging Face Daily Papers: the list of Friday 21 August 2026 is empty. ' +
        'The next list is that of Monday 24 August 2026, complete Tuesday 01:30 UTC.',
    );
    expect(note('2026-08-24', { kind: 'early' })).toBe(
      'Hugging Face Daily Papers: the list of Monday 24 August 2026 has not opened yet.',
    );
  });

  it('names every source that could not be read, in whole sentences', () => {
    expect(
      note(
        '2026-08-20',
        { kind: 'failed', error: 'it answered 503' },
        { kind: 'failed', error: 'It is late.' },
      ),
    ).toBe(
      'Hugging Face Daily Papers could not be read: it answered 503. arXiv could not be read: It is late.',
    );
  });
});
