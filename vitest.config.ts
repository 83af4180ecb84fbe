import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What waits for the built program's minutes goes first, so that the rest runs meanwhile. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification) => /\/test\/(e2e|soak|cli)\//.test(moduleId);
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}

/** Bolt's HTTP library takes the place of discord.js's in its process, where that sends no files. */
const ALONE = ['test/fakes/discord-server/messages.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE } },
      { extends: true, test: { name: 'alone', include: ALONE, isolate: true } },
    ],
    pool: 'forks',
    // No test replaces a module, and loading them anew for each file took half of all CPU time.
    isolate: false,
    // A good part of the time is spent waiting, for a minute tick above all.
    maxWorkers: '150%',
    sequence: { sequencer: WaitingFirst },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
