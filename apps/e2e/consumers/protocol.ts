import assert from 'node:assert/strict';
import { defaultLimits, parseReport, type IntakeFormat } from '@candor/protocol';

assert.ok('issues' in parseReport({}));
const format: IntakeFormat = { product: 'gateway', parse: () => ({ issues: [] }) };
assert.ok('issues' in format.parse({}, defaultLimits));
console.log('ok');
