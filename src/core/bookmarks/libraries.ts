import type { Clock } from '../clock.ts';
import { CODE_MINUTES, type Joining, type Libraries } from '../library.ts';
import type { ReaderRef } from '../platform.ts';
import { joinLibraries, leaveLibrary, othersOf } from '../store/libraries.ts';
import {
  addLinkCode,
  findLinkCode,
  forgetCodes,
  setWrongCodes,
  useLinkCode,
  wrongCodes,
  type LinkCode,
} from '../store/link-codes.ts';
import type { Store } from '../store/open.ts';
import { inTransaction } from '../store/transaction.ts';
import { formatCode, hashCode, randomCode, readCode } from './code.ts';

const CODE_MS = CODE_MINUTES * 60_000;

/** So long a code that has ended is known as such, in milliseconds. */
const KNOWN_MS = 24 * 60 * 60_000;

/** Wrong codes that a reader may write, and within how many milliseconds. */
const GUESSES = { most: 5, ms: 10 * 60_000 };

/** Joins readers' libraries, each step in one transaction: a code joins one library and no second. */
export function createLibraries(store: Store, clock: Clock): Libraries {
  return {
    invite: (reader) => inTransaction(store, (within) => invite(within, reader, clock())),
    join: (reader, code) => inTransaction(store, (within) => join(within, reader, code, clock())),
    part: (reader) =>
      inTransaction(store, async (within) => {
        if ((await othersOf(within, reader)).length === 0) return false;
        await leaveLibrary(within, reader);
        return true;
      }),
    others: (reader) => othersOf(store, reader),
  };
}

async function invite(store: Store, reader: ReaderRef, now: Date): Promise<string> {
  await forgetCodes(store, before(now, KNOWN_MS));
  const code = randomCode();
  await addLinkCode(store, reader, hashCode(code), now.toISOString());
  return formatCode(code);
}

async function join(store: Store, reader: ReaderRef, text: string, now: Date): Promise<Joining> {
  const wrong = await wrongCodes(store, reader, before(now, GUESSES.ms));
  if (wrong !== undefined && wrong.count >= GUESSES.most) {
    return { outcome: 'too-many', until: new Date(Date.parse(wrong.since) + GUESSES.ms) };
  }
  const code = readCode(text);
  if (code === undefined) return { outcome: 'malformed' };
  const found = await findLinkCode(store, hashCode(code));
  if (found === undefined) {
    const { count, since } = wrong ?? { count: 0, since: now.toISOString() };
    await setWrongCodes(store, reader, { count: count + 1, since });
    return { outcome: 'unknown' };
  }
  return use(store, reader, found, { hash: hashCode(code), now });
}

async function use(
  store: Store,
  reader: ReaderRef,
  { reader: owner, madeAt, ended }: LinkCode,
  { hash, now }: { readonly hash: string; readonly now: Date },
): Promise<Joining> {
  if (isSame(owner, reader)) return { outcome: 'own' };
  // Before all else, since a service may hand over once more what has been done already.
  const others = await othersOf(store, reader);
  if (others.some((other) => isSame(other, owner))) return { outcome: 'joined-before' };
  if (ended === 'used') return { outcome: 'used' };
  if (ended !== null || madeAt <= before(now, CODE_MS)) return { outcome: 'old' };
  await joinLibraries(store, owner, reader);
  await useLinkCode(store, hash);
  return { outcome: 'joined' };
}

function isSame(one: ReaderRef, other: ReaderRef): boolean {
  return one.platform === other.platform && one.tenant === other.tenant && one.user === other.user;
}

/** ISO texts in UTC sort as time does. */
function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}
