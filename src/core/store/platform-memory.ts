import type { Store } from './open.ts';

/** What a platform has remembered under the key. */
export async function getMemory(
  store: Store,
  platform: string,
  key: string,
): Promise<string | undefined> {
  const row = await store
    .selectFrom('platform_memory')
    .select('value')
    .where('platform', '=', platform)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.value;
}

/** Remembers a value, in place of the one before. */
export async function setMemory(
  store: Store,
  platform: string,
  key: string,
  value: string,
): Promise<void> {
  await store
    .insertInto('platform_memory')
    .values({ platform, key, value })
    .onConflict((conflict) => conflict.columns(['platform', 'key']).doUpdateSet({ value }))
    .execute();
}
