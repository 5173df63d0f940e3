import { createSqliteStorage } from '@candor/storage-sqlite';
import { conformanceTests } from '@candor/storage/conformance';
import { describe, it } from 'vitest';
import { temporaryFiles } from './support/temporary-file.js';

describe('the storage contract on SQLite', () => {
  const newFile = temporaryFiles();
  for (const { name, run, skipped } of conformanceTests()) {
    it.skipIf(skipped !== undefined)(
      name,
      async () => {
        const path = newFile();
        await run({ open: (rules) => createSqliteStorage({ path, rules }) });
      },
      600_000,
    );
  }
});
