import assert from 'node:assert/strict';
import { defaultWindow, type Storage } from '@candor/storage';
import { conformanceTests } from '@candor/storage/conformance';

assert.equal(defaultWindow, 3);
assert.ok(conformanceTests().length > 10);
const method: keyof Storage = 'append';
assert.equal(method, 'append');
console.log('ok');
