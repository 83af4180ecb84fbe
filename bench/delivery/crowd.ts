import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { postCrowd } from '../../test/soak/crowd.ts';
import type { Figure } from '../figures.ts';

const CHANNELS = 1_000;

/** The crowd has had the five minutes over which it is spread, so that all of it is due at once. */
const LATE_S = 360;

/** How long after its slot every channel has its digest. */
const WITHIN_S = 600;

/** What Discord sees of a program that is started while 1,000 channels are due. */
export async function measureCrowd(parent: string): Promise<Figure[]> {
  const folder = mkdtempSync(join(parent, 'crowd-'));
  const crowd = await postCrowd({ folder, channels: CHANNELS, lateMs: LATE_S * 1_000 });
  const wrong = crowd.messages.filter((count) => count !== 1);
  if (wrong.length > 0)
    throw new Error(`Not measured: ${wrong.length} channels lack it or have more`);
  return [
    {
      name: `${CHANNELS} channels due at the start, the last message`,
      unit: 's',
      value: crowd.tookMs / 1_000,
      atMost: WITHIN_S - LATE_S,
    },
    {
      name: 'their requests in the fullest second',
      unit: 'count',
      value: crowd.mostInASecond,
      atMost: 25,
    },
    { name: 'their answers of 429', unit: 'count', value: crowd.refused, atMost: 0 },
  ];
}
