import { describe, expect, it } from 'vitest';
import { toLink, toThumbnail } from '../../../../src/core/sources/hugging-face/links.ts';

describe('a link', () => {
  it.each([
    ['https://github.com/a/b', 'https://github.com/a/b'],
    ['http://project.example', 'http://project.example/'],
    [' https://project.example/x ', 'https://project.example/x'],
    ['https://github.com/lab/\nrepo', 'https://github.com/lab/repo'],
    ['https://github.com/lab/\r\n  repo.git\n', 'https://github.com/lab/repo.git'],
    ['https://project.example/\u200bx\u202e', 'https://project.example/x'],
    ['HTTPS://Project.Example/Über', 'https://project.example/%C3%9Cber'],
  ])('%j becomes %s', (raw, link) => {
    expect(toLink(raw)).toBe(link);
  });

  it.each([
    '',
    '  ',
    'see appendix',
    'github.com/a/b',
    '/relative',
    '//github.com/a/b',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'ftp://files.example/x',
    'https://',
    'https://github.com@evil.example/',
    'https://user:password@github.com/',
    'https://a.example and https://b.example',
    `https://a.example/${'x'.repeat(3000)}`,
    null,
    undefined,
  ])('%j is dropped', (raw) => {
    expect(toLink(raw)).toBeUndefined();
  });
});

describe('a thumbnail', () => {
  it.each([
    'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2609.00001.png',
    'https://huggingface.co/x.png',
    'https://cdn.hf.co/x.png',
  ])('%s stays', (raw) => {
    expect(toThumbnail(raw)).toBe(raw);
  });

  it.each([
    'http://cdn-thumbnails.huggingface.co/x.png',
    'https://tracker.example/x.png',
    'https://evilhuggingface.co/x.png',
    'https://huggingface.co.evil.example/x.png',
    '/social-thumbnails/x.png',
    null,
  ])('%s is dropped', (raw) => {
    expect(toThumbnail(raw)).toBeUndefined();
  });
});
