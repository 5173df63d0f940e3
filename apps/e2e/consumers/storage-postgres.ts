import assert from 'node:assert/strict';
import { createPostgresStorage } from '@candor/storage-postgres';

async function main(): Promise<void> {
  await assert.rejects(createPostgresStorage({ url: 'postgres://127.0.0.1:1/reports' }), {
    code: 'ERR_STORAGE_OPEN',
  });
  console.log('ok');
}
void main();
