import { z } from 'zod';

// Every schema's error message is what is allowed there, in words; problems.ts builds the sentence
// around it. For a group it is the keys it knows, joined by commas.

export function group<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, Object.keys(shape).join(', '));
}

export function wholeNumber(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.int(allowed).min(min, allowed).max(max, allowed);
}

export function listOf(item: z.ZodString, most: number) {
  const allowed = `a list of at most ${most} texts`;
  return z.array(item, allowed).max(most, allowed).default([]);
}

const SHORT_TEXT = 'text of 1 to 200 characters';
export const ShortText = z.string(SHORT_TEXT).trim().min(1, SHORT_TEXT).max(200, SHORT_TEXT);

const BASE_ADDRESS = 'an http or https address without user name, query or fragment';

/** A service's base address, given back without its closing slashes. */
export const BaseAddress = z
  .string(BASE_ADDRESS)
  .trim()
  .refine(isBaseAddress, BASE_ADDRESS)
  .transform((address) => address.replace(/\/+$/, ''));

function isBaseAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return [url.username, url.password, url.search, url.hash].every((part) => part === '');
}
