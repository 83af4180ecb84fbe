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

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // A good part of the time is spent waiting, for a minute tick above all.
    maxWorkers: '150%',
    sequence: { sequencer: WaitingFirst },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
