import assert from 'node:assert/strict';
import { defaultRules, type Storage } from '@candor/storage';
import { conformanceTests } from '@candor/storage/conformance';

assert.equal(defaultRules.window, 3);
assert.ok(conformanceTests().length > 10);
const method: keyof Storage = 'append';
assert.equal(method, 'append');
console.log('ok');
