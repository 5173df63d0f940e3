import assert from 'node:assert/strict';
import { createUsageReporting } from 'candor';

const usage = createUsageReporting({
  product: 'example',
  version: '1.0.0',
  schema: {
    type: 'object',
    export: true,
    properties: { debug: { type: 'boolean', export: true }, token: { type: 'string' } },
  },
  config: () => ({ debug: true, token: 'hunter2' }),
  endpoint: 'https://collector.example/v1/reports',
  consent: 'local',
  state: { read: () => Promise.resolve(undefined), compareAndSet: () => Promise.resolve(true) },
  env: {},
});
async function main(): Promise<void> {
  const bytes = await usage.preview();
  const report = JSON.parse(Buffer.from(bytes).toString('utf8')) as { configuration: unknown };
  assert.deepEqual(report.configuration, { debug: true, token: 'xxxx' });
  console.log('ok');
}
void main();
