import assert from 'node:assert/strict';
import { createDashboard } from '@candor/dashboard';

const dashboard = createDashboard({ query: () => Response.json({ products: [] }) });
async function main(): Promise<void> {
  const response = await dashboard.request('/');
  assert.equal(response.status, 200);
  assert.match(await response.text(), /First steps/);
  console.log('ok');
}
void main();
