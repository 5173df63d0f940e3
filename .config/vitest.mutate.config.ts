import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests of one package, for `npm run mutate`, which names it. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: [`packages/${process.env.CANDOR_MUTATED_PACKAGE}/test/**/*.test.ts`],
    pool: 'forks',
    testTimeout: 60_000,
  },
});
