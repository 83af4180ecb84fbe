import type { Clock } from '../clock.ts';
import type { Installations } from '../installations.ts';
import type { Store } from './open.ts';

/** The tenants that have installed the bot, as platforms know them. */
export function createInstallations(store: Store, clock: Clock): Installations {
  return {
    all: (platform) =>
      store
        .selectFrom('installations')
        .select(['platform', 'tenant', 'content'])
        .where('platform', '=', platform)
        .orderBy('tenant')
        .execute(),
    async put({ platform, tenant, content }) {
      const values = { content, updated_at: clock().toISOString() };
      await store
        .insertInto('installations')
        .values({ platform, tenant, ...values })
        .onConflict((conflict) => conflict.columns(['platform', 'tenant']).doUpdateSet(values))
        .execute();
    },
    async remove(platform, tenant) {
      await store
        .deleteFrom('installations')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .execute();
    },
  };
}
