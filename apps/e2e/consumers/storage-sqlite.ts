import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStorage } from '@candor/storage-sqlite';

async function main(): Promise<void> {
  const storage = await createSqliteStorage({
    path: join(mkdtempSync(join(tmpdir(), 'reports-')), 'reports.db'),
  });
  assert.deepEqual(await storage.products(), []);
  await storage.close();
  console.log('ok');
}
void main();
