import assert from 'node:assert/strict';
import { load } from '@candor/config';

const schema = {
  type: 'object',
  properties: { debug: { type: 'boolean' }, wait: { type: 'string', format: 'go-duration', default: '5s' } },
};
const { written, effective } = load({ schema, text: { format: 'toml', text: 'DEBUG = true' } });
assert.deepEqual(written, { debug: true });
assert.deepEqual(effective, { debug: true, wait: '5s' });
console.log('ok');
