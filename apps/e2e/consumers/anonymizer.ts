import assert from 'node:assert/strict';
import { createAnonymizer, scrub } from '@candor/anonymizer';

const { anonymize, verify } = createAnonymizer({
  type: 'object',
  export: true,
  properties: { debug: { type: 'boolean', export: true }, token: { type: 'string' } },
});
const anonymized = anonymize({ debug: true, token: 'hunter2' });
assert.deepEqual(anonymized, { debug: true, token: 'xxxx' });
assert.deepEqual(verify(anonymized), { value: anonymized, removed: [] });
assert.equal(scrub('ask alice@example.org'), 'ask xxxx');
console.log('ok');
