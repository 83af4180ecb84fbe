import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCode, hashCode, randomCode, readCode } from '../../../src/core/bookmarks/code.ts';

describe('a code', () => {
  it('holds no character that looks like another', () => {
    const seen = new Set(Array.from({ length: 500 }, randomCode).join(''));
    expect([...seen].sort().join('')).toBe('23456789ABCDEFGHJKMNPQRSTUVWXYZ');
  });

  it('is read in any case, with or without dash and spaces, and within its command', () => {
    const dress = fc.constantFrom<(code: string) => string>(
      (code) => code,
      (code) => code.toLowerCase(),
      (code) => code.replace('-', ''),
      (code) => code.replace('-', ' '),
      (code) => code.replace('-', '—'),
      (code) => ` ${code.replace(/./g, '$& ')}\n`,
      (code) => `/papers link ${code}`,
      (code) => `“${code}”.`,
    );
    const code = fc.constant(null).map(randomCode);
    fc.assert(
      fc.property(code, dress, (plain, written) => {
        expect(readCode(written(formatCode(plain)))).toBe(plain);
      }),
    );
  });

  it.each(['', 'ABCD-EFG', 'ABCD-EFGHJ', 'ABCD-EFG0', 'ÀBCD-EFGH', 'off', '/papers link'])(
    'is not this: %j',
    (text) => {
      expect(readCode(text)).toBeUndefined();
    },
  );

  it('can’t be read off what is kept of it', () => {
    expect(hashCode('ABCDEFGH')).toMatch(/^[0-9a-f]{64}$/);
    expect(hashCode('ABCDEFGH')).not.toBe(hashCode('ABCDEFGJ'));
  });
});
