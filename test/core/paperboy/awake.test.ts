import { expect, it } from 'vitest';
import { createAwake } from '../../../src/core/paperboy/awake.ts';

it('Paperboy is awake since the first tick after a pause, be it of the process or of the clock', () => {
  const awake = createAwake();
  const at = (time: string) =>
    awake(new Date(`2026-08-21T${time}Z`))
      .toISOString()
      .slice(11, 19);
  expect(['09:00:00', '09:01:00', '09:04:00'].map(at)).toEqual([
    '09:00:00',
    '09:00:00',
    '09:00:00',
  ]);
  expect(['11:00:00', '11:01:00', '10:30:00'].map(at)).toEqual([
    '11:00:00',
    '11:00:00',
    '10:30:00',
  ]);
});
