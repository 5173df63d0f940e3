import assert from 'node:assert/strict';
import { createClickHouseStorage } from '@candor/storage-clickhouse';

async function main(): Promise<void> {
  await assert.rejects(createClickHouseStorage({ url: 'http://127.0.0.1:1' }), {
    code: 'ERR_STORAGE_OPEN',
  });
  console.log('ok');
}
void main();
