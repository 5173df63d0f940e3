import assert from 'node:assert/strict';
import { createReporter } from '@candor/reporter';

const options = {
  product: 'example',
  version: '1.0.0',
  endpoint: 'https://collector.example/v1/reports',
  fields: { digest: '0'.repeat(64), fields: [] },
  buildContent: () => ({ configuration: {}, hash: '0'.repeat(32), comparison: '0'.repeat(32) }),
  env: {},
};
async function main(): Promise<void> {
  await assert.rejects(createReporter({ ...options, consent: undefined }).start(), {
    code: 'ERR_CONSENT_REQUIRED',
  });
  const { mode } = await createReporter({ ...options, consent: 'off' }).status();
  assert.equal(mode, 'off');
  console.log('ok');
}
void main();
