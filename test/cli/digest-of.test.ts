import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { settingsOf } from '../../src/cli/app.ts';
import { digestOf } from '../../src/cli/digest-of.ts';
import { silentLog } from '../../src/core/log.ts';
import { createPaperboy } from '../../src/core/paperboy.ts';
import { createVectors } from '../../src/core/vectors/index.ts';
import { aPaper, aStore } from '../core/store-fixtures.ts';
import { themedPapers } from '../core/vectors/themes.ts';

/** Of the theme that the topic names, without its word. */
const wordless = aPaper({
  id: '2608.09001',
  title: 'Torch and beacon',
  abstract: 'Ember, spark, shade, flame, oil, lamp and glow of a lantern.',
  listDate: '2026-08-20',
});

it('ranks by meaning, as the digest of a channel does', async () => {
  const store = await aStore([...themedPapers(240), wordless]);
  const clock = () => new Date('2026-08-21T12:00:00Z');
  await createVectors({ store, clock, log: silentLog }).tend();
  const config = loadConfig({}, () => '');
  const paperboy = createPaperboy({
    store,
    sources: [],
    platforms: [],
    settings: settingsOf(config),
    clock,
    log: silentLog,
  });
  const app = { config, clock, log: silentLog, store, sources: [], paperboy };
  const wish = { date: '2026-08-20', topics: ['candle'], count: 20 };
  const { ranked } = await digestOf(app, wish);
  const found = ranked.find(({ paper }) => paper.id === wordless.id);
  expect(found?.why).toContain('close in meaning to candle');
  await paperboy.stop();
  await store.destroy();
});
