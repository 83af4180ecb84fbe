import { describe, expect, it } from 'vitest';
import { mayFollow } from '../../../src/core/http/request.ts';

describe('a redirect is followed', () => {
  it.each([
    ['https://huggingface.co/a', 'https://huggingface.co/b'],
    ['http://127.0.0.1:7800/a', 'http://127.0.0.1:7800/b'],
    ['http://export.arxiv.org/api', 'https://export.arxiv.org/api'],
  ])('from %s to %s', (from, to) => {
    expect(mayFollow(new URL(from), new URL(to))).toBe(true);
  });
});

describe('a redirect is not followed', () => {
  it.each([
    ['https://huggingface.co/a', 'https://evil.example/a'],
    ['https://huggingface.co/a', 'https://cdn.huggingface.co/a'],
    ['https://huggingface.co/a', 'https://huggingface.co:8443/a'],
    ['https://huggingface.co/a', 'http://huggingface.co/a'],
    ['http://127.0.0.1:7800/a', 'https://127.0.0.1:7801/a'],
    ['https://huggingface.co/a', 'https://user:password@huggingface.co/a'],
    ['https://huggingface.co/a', 'file:///etc/passwd'],
  ])('from %s to %s', (from, to) => {
    expect(mayFollow(new URL(from), new URL(to))).toBe(false);
  });
});
