import { randomBytes } from 'node:crypto';
import { createCollector, internalCall } from '@candor/collector';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { fields } from '@candor/schema';

// Reports to itself without end and names each report that was answered with 202; its parent kills it.
const list = fields({ type: 'object', export: true, properties: {} });
const collector = createCollector({
  storage: await createSqliteStorage({ path: process.argv[2] }),
  products: [{ product: 'gateway', fieldLists: [list] }],
  peerAddress: () => internalCall,
});
let number = 0;
async function report() {
  for (;;) {
    const version = `1.${process.argv[3]}.${(number += 1)}`;
    const response = await collector.app.request('/v1/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        format: 1,
        id: randomBytes(32).toString('hex'),
        product: 'gateway',
        version,
        fields: list.digest,
        hash: '0'.repeat(32),
        changed: null,
        first: { day: true, week: true, month: true },
        age: 'day',
        configuration: {},
      }),
    });
    if (response.status === 202) process.stdout.write(`${version}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, report));
