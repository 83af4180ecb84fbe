import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { postCrowd } from './crowd.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-crowd-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What the program makes of Discord's limit where nobody has configured another. */
const PER_SECOND = 25;

it('42: asks Discord for no more than 25 things a second, and every channel has its digest', async () => {
  const crowd = await postCrowd({ folder, channels: 60, lateMs: 360_000 });
  expect(crowd.messages).toEqual(Array<number>(60).fill(1));
  expect(crowd.mostInASecond).toBeLessThanOrEqual(PER_SECOND);
  expect(crowd.refused).toBe(0);
}, 60_000);
