import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One file of tests of a package that was instrumented for `npm run mutate`, which starts it in the package's folder. */
export default defineConfig({
  root: process.cwd(),
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    runner: fileURLToPath(new URL('mutant-runner.js', import.meta.url)),
    // What is built is loaded anew for a mutant, as the sources are.
    server: { deps: { inline: [/\/\.mutants\/[^/]+\/dist\//] } },
  },
});
