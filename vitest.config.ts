import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // A good part of the time is spent waiting, for a minute tick above all.
    maxWorkers: '150%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
