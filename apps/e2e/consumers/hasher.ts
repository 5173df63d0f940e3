import assert from 'node:assert/strict';
import { canonicalize } from '@candor/hasher';

assert.equal(canonicalize({ b: 1, a: [2] }), '{"a":[2],"b":1}');
console.log('ok');
