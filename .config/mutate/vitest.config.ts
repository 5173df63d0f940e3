import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One file of tests of a package that was instrumented for `npm run mutate`, which starts it in the package's folder. */
export default defineConfig({
  root: process.cwd(),
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // The run ends what takes too long with a mutant; without one, a busy machine may take as long as it likes.
    testTimeout: 0,
    hookTimeout: 0,
    setupFiles: [fileURLToPath(new URL('../seed.ts', import.meta.url))],
    runner: fileURLToPath(new URL('mutant-runner.js', import.meta.url)),
    // What is built is loaded anew for a mutant, as the sources are.
    server: { deps: { inline: [/\/\.mutants\/[^/]+\/dist\//] } },
  },
});
