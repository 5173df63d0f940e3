import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { Type } from 'typebox';
import * as v from 'valibot';
import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { fieldTree, type JsonSchema, type SchemaNode, type SchemaSource } from '../src/index.js';

test('a schema of each library is a source', () => {
  expectTypeOf(z.object({})).toExtend<SchemaSource>();
  expectTypeOf(toStandardJsonSchema(v.object({}))).toExtend<SchemaSource>();
  expectTypeOf(type({ a: 'string' })).toExtend<SchemaSource>();
  expectTypeOf<{ type: 'object'; export: true }>().toExtend<SchemaSource>();
  expectTypeOf<JsonSchema>().toExtend<SchemaSource>();
  expectTypeOf(fieldTree).toBeCallableWith(Type.Object({}));
});

test('a value is no source', () => {
  expectTypeOf<string>().not.toExtend<SchemaSource>();
  expectTypeOf<undefined>().not.toExtend<SchemaSource>();
});

test('a tree is read-only', () => {
  expectTypeOf(fieldTree).returns.toEqualTypeOf<SchemaNode>();
  expectTypeOf<SchemaNode['properties']>().toEqualTypeOf<ReadonlyMap<string, SchemaNode>>();
});
