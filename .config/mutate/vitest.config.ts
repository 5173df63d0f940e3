import { defineConfig } from 'vitest/config';

/** One test file of a package that was instrumented for `npm run mutate`, which runs in its folder. */
export default defineConfig({
  root: process.cwd(),
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    runner:
      process.env.CANDOR_MUTANTS === undefined
        ? undefined
        : new URL('mutant-runner.js', import.meta.url).pathname,
  },
});
