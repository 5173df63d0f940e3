import assert from 'node:assert/strict';
import { fields, fieldTree } from '@candor/schema';
import { lint } from '@candor/schema/lint';

const schema = { type: 'object', export: true, properties: { debug: { type: 'boolean', export: true } } };
assert.notEqual(fieldTree(schema).properties.get('debug')?.tag, undefined);
assert.ok(fields(schema).fields.some((field) => field.path === 'debug'));
assert.ok(lint(schema).length > 0);
console.log('ok');
