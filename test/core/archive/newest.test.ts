import { expect, it } from 'vitest';
import { startSetting } from './setting.ts';

it('The newest closed list is one that has settled, so that it has been read as a whole', async () => {
  // The list of the second closes at 21:30 in New York: 01:30 UTC.
  const setting = await startSetting('2026-09-03T01:39:59Z');
  const at = (time: string) => setting.archive.newestClosed(new Date(`2026-09-03T${time}Z`));
  expect(setting.archive.newestClosed()).toBe('2026-09-01');
  expect([at('01:30:00'), at('01:40:00')]).toEqual(['2026-09-01', '2026-09-02']);
  await setting.close();
});
