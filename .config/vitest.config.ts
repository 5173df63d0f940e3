import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['{packages,apps}/*/test/**/*.test.ts'],
    pool: 'forks',
    setupFiles: ['.config/seed.ts'],
    // They end what hangs; no test is expected to need them, on however busy a machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', './.config/closing-lines.ts'],
    typecheck: {
      enabled: true,
      include: ['{packages,apps}/*/test/**/*.test-d.ts'],
      tsconfig: '.config/tsconfig.test.json',
    },
  },
});
