import assert from 'node:assert/strict';
import { createSqliteStorage } from '@candor/storage-sqlite';

async function main(): Promise<void> {
  const storage = await createSqliteStorage({ path: ':memory:' });
  assert.deepEqual(await storage.products(), []);
  await storage.close();
  console.log('ok');
}
void main();
