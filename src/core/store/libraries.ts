import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ReaderRef } from '../platform.ts';
import type { Store } from './open.ts';

/** The columns that name a reader. */
export interface ReaderKey {
  readonly platform: string;
  readonly tenant: string;
  readonly reader: string;
}

export function toReaderKey({ platform, tenant, user }: ReaderRef): ReaderKey {
  return { platform, tenant, reader: user };
}

/** Whether these three columns name the reader, or one whose library is joined with the reader's. */
export function isOfLibrary(columns: RawBuilder<unknown>, reader: ReaderRef): RawBuilder<SqlBool> {
  const { platform, tenant, user } = reader;
  const self = sql`(${platform}, ${tenant}, ${user})`;
  // Not as one UNION: SQLite looks up no key in a compound subquery.
  return sql<SqlBool>`((${columns}) = ${self} OR (${columns}) IN (
    SELECT platform, tenant, reader FROM library_readers WHERE library = (
      SELECT library FROM library_readers WHERE (platform, tenant, reader) = ${self}
    )
  ))`;
}

/** The other readers of a reader's library, by platform. */
export async function othersOf(store: Store, reader: ReaderRef): Promise<ReaderRef[]> {
  const library = await libraryOf(store, reader);
  if (library === undefined) return [];
  const rows = await store
    .selectFrom('library_readers')
    .select(['platform', 'tenant', 'reader as user'])
    .where('library', '=', library)
    .where((is) => is.not(is.and({ ...toReaderKey(reader) })))
    .orderBy('platform')
    .orderBy('tenant')
    .orderBy('reader')
    .execute();
  return rows;
}

/** Makes one library of two, with the readers of both. */
export async function joinLibraries(store: Store, one: ReaderRef, other: ReaderRef): Promise<void> {
  const first = await libraryOf(store, one);
  const second = await libraryOf(store, other);
  const library = first ?? second ?? randomUUID();
  if (second !== undefined && second !== library) await rename(store, second, library);
  await store
    .insertInto('library_readers')
    .values([one, other].map((reader) => ({ ...toReaderKey(reader), library })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function rename(store: Store, library: string, name: string): Promise<void> {
  await store
    .updateTable('library_readers')
    .set({ library: name })
    .where('library', '=', library)
    .execute();
}

/** Takes a reader out of the library, and its last other one with them: alone is joined with none. */
export async function leaveLibrary(store: Store, reader: ReaderRef): Promise<void> {
  const others = await othersOf(store, reader);
  for (const each of others.length === 1 ? [reader, ...others] : [reader]) {
    await store
      .deleteFrom('library_readers')
      .where(({ eb }) => eb.and({ ...toReaderKey(each) }))
      .execute();
  }
}

async function libraryOf(store: Store, reader: ReaderRef): Promise<string | undefined> {
  const row = await store
    .selectFrom('library_readers')
    .select('library')
    .where(({ eb }) => eb.and({ ...toReaderKey(reader) }))
    .executeTakeFirst();
  return row?.library;
}
