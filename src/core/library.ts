import type { ReaderRef } from './platform.ts';

/**
 * What came of a code that a reader wrote: both libraries are one now (`joined`) or were before
 * (`joined-before`); or why they are not. `malformed` can't be a code at all, `old` was replaced or
 * has run out, and after too many that are `unknown` no more are looked at before `until`.
 */
export type Joining =
  | { readonly outcome: 'joined' | 'joined-before' }
  | { readonly outcome: 'malformed' | 'own' | 'old' | 'used' | 'unknown' }
  | { readonly outcome: 'too-many'; readonly until: Date };

/**
 * Libraries that a person has under several identities (platforms, tenants, accounts), joined into
 * one. Its methods reject only when the database does.
 */
export interface Libraries {
  /** A new one-time code of the reader, `ABCD-EFGH`, in place of the one before. */
  invite(reader: ReaderRef): Promise<string>;
  /** Joins the reader's library with that of whoever got the code, however it is written. */
  join(reader: ReaderRef, code: string): Promise<Joining>;
  /** Leaves the library with what the reader saved as that identity; false when it was joined with none. */
  part(reader: ReaderRef): Promise<boolean>;
  /** The other identities whose libraries are joined with the reader's. */
  others(reader: ReaderRef): Promise<readonly ReaderRef[]>;
}

/** How long a code is good for, in minutes. */
export const CODE_MINUTES = 10;
