import { createHash, randomInt } from 'node:crypto';

/** Without 0 and O, 1, I and L, which look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** 31^8 is 8.5e11: at five guesses in ten minutes nobody finds one. */
const LENGTH = 8;

const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A code as `readCode` gives it, each character drawn evenly. */
export function randomCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** `ABCDEFGH` of `abcd-efgh`, of `ABCD EFGH`, or of the whole command; undefined when it can't be one. */
export function readCode(text: string): string | undefined {
  const written = text.replace(/^\W*papers\s+link\s/i, '').replace(/[^\p{L}\p{N}]/gu, '');
  const code = written.toUpperCase();
  return CODE.test(code) ? code : undefined;
}

/** `ABCD-EFGH`: in two groups, to be read out or typed. */
export function formatCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** What is kept of a code, so that whoever reads the database has no code to use. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
