import assert from 'node:assert/strict';
import { parseReport, toModelReport } from '@candor/protocol';

assert.ok('issues' in parseReport({}));
assert.equal(typeof toModelReport, 'function');
console.log('ok');
