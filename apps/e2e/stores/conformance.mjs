// Runs the conformance suite on SQLite under the Node that runs this, and prints the driver and what became of each test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformanceTests } from '@candor/storage/conformance';
import { createSqliteStorage } from '@candor/storage-sqlite';

const driver =
  process.getBuiltinModule?.('node:sqlite') === undefined ? '@photostructure/sqlite' : 'node:sqlite';
const counts = { passed: 0, failed: [], skipped: 0 };
for (const { name, run, skipped } of conformanceTests()) {
  if (skipped !== undefined) {
    counts.skipped += 1;
    continue;
  }
  const folder = mkdtempSync(join(tmpdir(), 'candor-conformance-'));
  try {
    await run({ open: (rules) => createSqliteStorage({ path: join(folder, 'reports.db'), rules }) });
    counts.passed += 1;
  } catch (error) {
    counts.failed.push(`${name}: ${error.message}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(JSON.stringify({ node: process.versions.node, driver, ...counts }));
