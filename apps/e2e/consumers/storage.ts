import assert from 'node:assert/strict';
import { dayOf, type Storage } from '@candor/storage';
import { conformanceTests } from '@candor/storage/conformance';

assert.equal(dayOf(0), '1970-01-01');
assert.ok(conformanceTests().length > 10);
const method: keyof Storage = 'append';
assert.equal(method, 'append');
console.log('ok');
