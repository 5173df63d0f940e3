import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { Type } from 'typebox';
import * as v from 'valibot';
import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import {
  createUsageReporting,
  tag,
  type TagMetadata,
  type UsageReporting,
  type UsageReportingOptions,
  type ValueOf,
} from '../src/index.js';

declare global {
  interface ArkEnv {
    meta(): TagMetadata;
  }
}

const rest = {
  product: 'gateway',
  version: '1.0.0',
  endpoint: 'https://usage.example/v1/reports',
  consent: true,
};

const zod = z.object({ port: z.int(), mode: z.enum(['a', 'b']).optional() });
const valibot = toStandardJsonSchema(
  v.object({ port: v.number(), mode: v.optional(v.picklist(['a', 'b'])) }),
);
const arktype = type({ port: 'number', 'mode?': "'a' | 'b'" });
const typebox = Type.Object({
  port: Type.Integer(),
  mode: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b')])),
});
const json = {
  type: 'object',
  properties: { port: { type: 'integer' }, mode: { enum: ['a', 'b'] } },
  required: ['port'],
} as const;

test('the configuration is checked against the schema of each library', () => {
  createUsageReporting({ ...rest, schema: zod, config: () => ({ port: 80, mode: 'a' as const }) });
  createUsageReporting({ ...rest, schema: valibot, config: () => ({ port: 80 }) });
  createUsageReporting({ ...rest, schema: arktype, config: () => ({ port: 80 }) });
  createUsageReporting({ ...rest, schema: typebox, config: () => ({ port: 80 }) });
  createUsageReporting({ ...rest, schema: json, config: async () => ({ port: 80 }) });
  // @ts-expect-error The port is missing.
  createUsageReporting({ ...rest, schema: zod, config: () => ({ prot: 80 }) });
  // @ts-expect-error The port is missing.
  createUsageReporting({ ...rest, schema: valibot, config: () => ({ prot: 80 }) });
  // @ts-expect-error The port is missing.
  createUsageReporting({ ...rest, schema: arktype, config: () => ({ prot: 80 }) });
  // @ts-expect-error The port is missing.
  createUsageReporting({ ...rest, schema: typebox, config: () => ({ prot: 80 }) });
  // @ts-expect-error The port is missing.
  createUsageReporting({ ...rest, schema: json, config: () => ({ prot: 80 }) });
  // @ts-expect-error The mode is none of the two.
  createUsageReporting({ ...rest, schema: typebox, config: () => ({ port: 80, mode: 'c' as const }) });
  // @ts-expect-error A text is no configuration.
  createUsageReporting({ ...rest, schema: { type: 'object' }, config: () => 'port = 80' });
  // @ts-expect-error A text is no schema.
  createUsageReporting({ ...rest, schema: 'schema', config: () => ({}) });
});

test('a schema whose type does not tell takes any object', () => {
  const schema: Record<string, unknown> = { type: 'object', export: true };
  createUsageReporting({ ...rest, schema, config: () => ({ port: 80 }) });
  createUsageReporting({ ...rest, schema: z.any(), config: () => ({ port: 80 }) });
  expectTypeOf<ValueOf<Record<string, unknown>>>().toEqualTypeOf<object>();
});

test('what a loader returns fits, and a configuration that nobody may change', () => {
  const loaded = { written: {}, effective: { port: 80 }, rest: [] };
  createUsageReporting({ ...rest, schema: zod, config: () => loaded });
  const list = z.object({ hosts: z.array(z.string()) });
  createUsageReporting({ ...rest, schema: list, config: () => ({ hosts: ['a'] }) as const });
});

test('facts are those of their schema, set or returned', () => {
  const usage = createUsageReporting({
    ...rest,
    schema: zod,
    config: () => ({ port: 80 }),
    factsSchema: z.object({ cores: z.int(), os: z.string() }),
    facts: () => ({ cores: 4 }),
  });
  usage.setFacts({ os: 'linux' });
  // @ts-expect-error There is no such fact.
  usage.setFacts({ coers: 4 });
  // @ts-expect-error A number is expected.
  usage.setFacts({ cores: '4' });
  const none = createUsageReporting({ ...rest, schema: zod, config: () => ({ port: 80 }) });
  // @ts-expect-error No schema of facts, no facts.
  none.setFacts({ cores: 4 });
});

test('paths that are denied are offered, and others are taken as they come', () => {
  const schema = z.object({
    providers: z.object({ docker: z.object({ endpoint: z.string() }).optional() }),
    sites: z.record(z.string(), z.object({ tls: z.boolean() })),
    hosts: z.array(z.object({ name: z.string() })),
  });
  type Path = Extract<NonNullable<UsageReportingOptions<typeof schema>['deny']>[number], string>;
  for (const path of [
    'providers',
    'providers.docker.endpoint',
    'sites.*',
    'sites.*.tls',
    'hosts.*.name',
  ] as const) {
    expectTypeOf(path).toExtend<Path>();
  }
  const given: string[] = [];
  createUsageReporting({
    ...rest,
    schema,
    config: () => ({ providers: {}, sites: {}, hosts: [] }),
    deny: ['providers.*', 'sites.*.tls', ...given],
  });
});

test('a tag is checked in the metadata of each library', () => {
  z.int().meta(tag({ export: true, why: 'Is the usual port kept?' }));
  v.pipe(v.number(), v.metadata(tag({ export: { bucket: [10, 100] } })));
  type('number').configure(tag({ export: 'presence' }), 'self');
  Type.Integer({ minimum: 1, ...tag({ export: true }) });
  // @ts-expect-error There is no such keyword.
  z.int().meta(tag({ exprot: true }));
  // @ts-expect-error There is no such keyword.
  v.metadata(tag({ exprot: true }));
  // @ts-expect-error There is no such keyword.
  type('number').configure({ exprot: true }, 'self');
  // @ts-expect-error There is no such way to leave.
  tag({ export: 'txt' });
  // @ts-expect-error Steps are numbers.
  tag({ export: { bucket: ['10'] } });
});

test('markFeatureUsed takes the declared features and no others', () => {
  const usage = createUsageReporting({
    ...rest,
    schema: zod,
    config: () => ({ port: 80 }),
    features: ['sso', 'backup'],
  });
  expectTypeOf(usage).toEqualTypeOf<UsageReporting<'sso' | 'backup', never>>();
  expectTypeOf(usage.markFeatureUsed).parameter(0).toEqualTypeOf<'sso' | 'backup'>();
  const none = createUsageReporting({ ...rest, schema: zod, config: () => ({ port: 80 }) });
  expectTypeOf(none.markFeatureUsed).parameter(0).toBeNever();
});

test('consent cannot be forgotten', () => {
  const { consent: _, ...undecided } = { ...rest, schema: zod, config: () => ({ port: 80 }) };
  // @ts-expect-error Leaving it out is no decision; undefined says that nobody decided.
  createUsageReporting(undecided);
  createUsageReporting({ ...undecided, consent: undefined, undecided: 'quiet' });
});

test('a logger, a signal and `await using` fit', () => {
  const options = { ...rest, schema: zod, config: () => ({ port: 80 }) };
  createUsageReporting({ ...options, logger: console, signal: new AbortController().signal });
  expectTypeOf(createUsageReporting(options)).toExtend<AsyncDisposable>();
});
