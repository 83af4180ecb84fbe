import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/core/http.ts';
import { createSources } from '../../../src/core/sources/index.ts';
import type { SourceSettings } from '../../../src/core/sources/index.ts';

const http = createHttp({ userAgent: 'paperboy-test' });
const clock = (): Date => new Date('2026-03-10T12:00:00Z');

function idsFor(given: { offline: boolean; categories: readonly string[] }): string[] {
  const settings: SourceSettings = {
    offline: given.offline,
    huggingFace: { url: 'http://127.0.0.1:9' },
    arxiv: {
      url: 'http://127.0.0.1:9',
      rssUrl: 'http://127.0.0.1:9',
      categories: given.categories,
    },
  };
  return createSources(settings, http, clock).map(({ id }) => id);
}

describe('createSources', () => {
  it('asks Hugging Face alone by default', () => {
    expect(idsFor({ offline: false, categories: [] })).toEqual(['hugging-face']);
  });

  it('adds arXiv after it when there are categories', () => {
    expect(idsFor({ offline: false, categories: ['cs.CL'] })).toEqual(['hugging-face', 'arxiv']);
  });

  it('has the sample alone offline, whatever else is set', () => {
    expect(idsFor({ offline: true, categories: ['cs.CL'] })).toEqual(['sample']);
  });

  it('lists every source that has a folder, under the folder’s name', () => {
    const folders = readdirSync(new URL('../../../src/core/sources', import.meta.url), {
      withFileTypes: true,
    }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    const listed = [
      ...idsFor({ offline: true, categories: [] }),
      ...idsFor({ offline: false, categories: ['cs.CL'] }),
    ];
    expect(listed.sort()).toEqual(folders.sort());
  });
});
