import assert from 'node:assert/strict';
import { createCollector } from '@candor/collector';

const storage = {
  capabilities: { shared: false },
  close: () => Promise.resolve(),
} as unknown as Parameters<typeof createCollector>[0]['storage'];
const collector = createCollector({ storage, products: [], peerAddress: () => undefined });
const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
async function main(): Promise<void> {
  const response = await collector.app.request('/v1/reports', post);
  assert.equal(response.status, 400);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  await collector.close();
  console.log('ok');
}
void main();
