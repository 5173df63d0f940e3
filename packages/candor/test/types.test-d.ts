import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { Type } from 'typebox';
import * as v from 'valibot';
import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { createUsageReporting, type UsageReporting } from '../src/index.js';

const rest = {
  product: 'gateway',
  version: '1.0.0',
  config: () => ({}),
  endpoint: 'https://usage.example/v1/reports',
  consent: true,
};

test('a schema of each library fits', () => {
  createUsageReporting({ ...rest, schema: z.object({}) });
  createUsageReporting({ ...rest, schema: toStandardJsonSchema(v.object({})) });
  createUsageReporting({ ...rest, schema: type({}) });
  createUsageReporting({ ...rest, schema: Type.Object({}) });
  createUsageReporting({ ...rest, schema: { type: 'object', export: true } });
  // @ts-expect-error A text is no schema.
  createUsageReporting({ ...rest, schema: 'schema' });
});

test('markFeatureUsed takes the declared features and no others', () => {
  const usage = createUsageReporting({ ...rest, schema: {}, features: ['sso', 'backup'] });
  expectTypeOf(usage).toEqualTypeOf<UsageReporting<'sso' | 'backup'>>();
  expectTypeOf(usage.markFeatureUsed).parameter(0).toEqualTypeOf<'sso' | 'backup'>();
  const none = createUsageReporting({ ...rest, schema: {} });
  expectTypeOf(none.markFeatureUsed).parameter(0).toBeNever();
});

test('consent cannot be forgotten, and may be the text of an environment variable', () => {
  const { consent: _, ...undecided } = rest;
  // @ts-expect-error Whoever leaves it out has not thought of it; undefined says that nobody decided.
  createUsageReporting({ ...undecided, schema: {} });
  createUsageReporting({ ...undecided, schema: {}, consent: undefined, undecided: 'quiet' });
  createUsageReporting({ ...undecided, schema: {}, consent: process.env['NOTES_USAGE'] });
  // @ts-expect-error A number is nothing that people write for yes or no.
  createUsageReporting({ ...undecided, schema: {}, consent: 1 });
});
