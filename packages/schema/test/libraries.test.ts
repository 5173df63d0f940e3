import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import { Type } from 'typebox';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fields, fieldTree, type SchemaSource } from '../src/index.js';
import { lint } from '../src/lint/index.js';

const why = 'Which is used?';

const plain = {
  type: 'object',
  export: true,
  required: ['level', 'port', 'points', 'token', 'hosts', 'backend'],
  properties: {
    level: { enum: ['debug', 'info'], export: true, why },
    port: { type: ['integer', 'null'], minimum: 1, maximum: 65_535, export: { bucket: [1024] } },
    points: {
      type: 'object',
      export: true,
      additionalProperties: { type: 'boolean', export: true },
    },
    token: { type: 'string' },
    hosts: { type: 'array', export: 'count', items: { type: 'string' } },
    backend: {
      anyOf: [
        {
          type: 'object',
          export: true,
          required: ['type'],
          properties: { type: { const: 'file', export: true } },
        },
        {
          type: 'object',
          export: true,
          required: ['type', 'size'],
          properties: {
            type: { const: 'memory', export: true },
            size: { type: 'integer', export: { bucket: [9] } },
          },
        },
      ],
    },
    debug: { type: 'boolean', export: true },
  },
};

const ofZod = z
  .object({
    level: z.enum(['debug', 'info']).meta({ export: true, why }),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .meta({ export: { bucket: [1024] } })
      .nullable(),
    points: z.record(z.string(), z.boolean().meta({ export: true })).meta({ export: true }),
    token: z.string(),
    hosts: z.array(z.string()).meta({ export: 'count' }),
    backend: z.discriminatedUnion('type', [
      z.object({ type: z.literal('file').meta({ export: true }) }).meta({ export: true }),
      z
        .object({
          type: z.literal('memory').meta({ export: true }),
          size: z.int().meta({ export: { bucket: [9] } }),
        })
        .meta({ export: true }),
    ]),
    debug: z.boolean().meta({ export: true }).optional(),
  })
  .meta({ export: true });

const ofValibot = toStandardJsonSchema(
  v.pipe(
    v.object({
      level: v.pipe(v.picklist(['debug', 'info']), v.metadata({ export: true, why })),
      port: v.nullable(
        v.pipe(
          v.number(),
          v.integer(),
          v.minValue(1),
          v.maxValue(65_535),
          v.metadata({ export: { bucket: [1024] } }),
        ),
      ),
      points: v.pipe(
        v.record(v.string(), v.pipe(v.boolean(), v.metadata({ export: true }))),
        v.metadata({ export: true }),
      ),
      token: v.string(),
      hosts: v.pipe(v.array(v.string()), v.metadata({ export: 'count' })),
      backend: v.variant('type', [
        v.pipe(
          v.object({ type: v.pipe(v.literal('file'), v.metadata({ export: true })) }),
          v.metadata({ export: true }),
        ),
        v.pipe(
          v.object({
            type: v.pipe(v.literal('memory'), v.metadata({ export: true })),
            size: v.pipe(v.number(), v.integer(), v.metadata({ export: { bucket: [9] } })),
          }),
          v.metadata({ export: true }),
        ),
      ]),
      debug: v.optional(v.pipe(v.boolean(), v.metadata({ export: true }))),
    }),
    v.metadata({ export: true }),
  ),
);

declare global {
  interface ArkEnv {
    meta(): { export?: unknown; why?: string };
  }
}

const ofArkType = type({
  level: type("'debug' | 'info'").configure({ export: true, why }, 'self'),
  port: type('1 <= number.integer <= 65535')
    .configure({ export: { bucket: [1024] } }, 'self')
    .or('null'),
  points: type({ '[string]': type('boolean').configure({ export: true }, 'self') }).configure(
    { export: true },
    'self',
  ),
  token: 'string',
  hosts: type('string[]').configure({ export: 'count' }, 'self'),
  backend: type({ type: type("'file'").configure({ export: true }, 'self') })
    .configure({ export: true }, 'self')
    .or(
      type({
        type: type("'memory'").configure({ export: true }, 'self'),
        size: type('number.integer').configure({ export: { bucket: [9] } }, 'self'),
      }).configure({ export: true }, 'self'),
    ),
  'debug?': type('boolean').configure({ export: true }, 'self'),
}).configure({ export: true }, 'self');

const ofTypeBox = Type.Object(
  {
    level: Type.Union([Type.Literal('debug'), Type.Literal('info')], { export: true, why }),
    port: Type.Union([
      Type.Integer({ minimum: 1, maximum: 65_535, export: { bucket: [1024] } }),
      Type.Null(),
    ]),
    points: Type.Record(Type.String(), Type.Boolean({ export: true }), { export: true }),
    token: Type.String(),
    hosts: Type.Array(Type.String(), { export: 'count' }),
    backend: Type.Union([
      Type.Object({ type: Type.Literal('file', { export: true }) }, { export: true }),
      Type.Object(
        { type: Type.Literal('memory', { export: true }), size: Type.Integer({ export: { bucket: [9] } }) },
        { export: true },
      ),
    ]),
    debug: Type.Optional(Type.Boolean({ export: true })),
  },
  { export: true },
);

const libraries: [string, SchemaSource][] = [
  ['Zod', ofZod],
  ['Valibot', ofValibot],
  ['ArkType', ofArkType],
  ['TypeBox', ofTypeBox],
];

describe('the same model in each library exports the same', () => {
  test.each(libraries)('%s', (_, schema) => {
    const { fields: listed, shape } = fields(schema);
    // ArkType sorts the alternatives of a union, and the forms with them.
    expect({ listed, shape }).toEqual({ listed: fields(plain).fields, shape: fields(plain).shape });
  });
});

describe('traps', () => {
  const rules = (schema: SchemaSource): string[] =>
    lint(schema)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, path }) => `${rule} ${path}`);

  test("Zod's .extend() drops the tag of the object", () => {
    const base = z.object({ a: z.boolean().meta({ export: true }) }).meta({ export: true });
    const extended = base.extend({ b: z.boolean() });
    expect(fieldTree(extended).tag).toBeUndefined();
    expect(rules(extended)).toContain('@candor/dropped-tag ');
  });

  test("Zod's .transform() leaves no type, so a plain tag is doubt and a transform is not", () => {
    const schema = z
      .object({
        before: z
          .string()
          .meta({ export: true })
          .transform((text) => text.length),
        after: z
          .string()
          .transform((text) => text.length)
          .meta({ export: true }),
        reduced: z
          .string()
          .transform((text) => text.length)
          .meta({ export: { bucket: [10] } }),
      })
      .meta({ export: true });
    const { properties } = fieldTree(schema);
    expect([...properties].map(([key, { tag }]) => [key, tag !== undefined])).toEqual([
      ['before', false],
      ['after', false],
      ['reduced', true],
    ]);
    expect(rules(schema)).toEqual(['@candor/untyped-tag after', '@candor/dropped-tag before']);
  });

  test('a date has no JSON type: a plain tag is doubt, its presence is not', () => {
    const schema = z
      .object({ plain: z.date().meta({ export: true }), there: z.date().meta({ export: 'presence' }) })
      .meta({ export: true });
    const { properties } = fieldTree(schema);
    expect(properties.get('plain')?.tag).toBeUndefined();
    expect(properties.get('there')?.tag).toEqual({ transform: { kind: 'presence' } });
    expect(rules(schema)).toEqual(['@candor/untyped-tag plain']);
  });

  test('an optional alternative of Zod that leaves no type, and a Map that is counted', () => {
    const schema = z
      .object({
        a: z.boolean().meta({ export: true, description: 'd', why }).or(z.undefined()),
        map: z.map(z.string(), z.number()).meta({ export: 'count', description: 'd', why }),
        list: z.array(z.string()).meta({ export: 'count', description: 'd', why }),
      })
      .meta({ export: true });
    expect(fieldTree(schema).properties.get('a')?.tag).toBeUndefined();
    expect(lint(schema).map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      '@candor/undecided-tag a',
      '@candor/untyped-count map',
    ]);
  });

  test("ArkType's object loses its tag where a member has a default, and schema.out takes one", () => {
    const schema = type({ a: type('boolean').configure({ export: true }, 'self'), b: 'number = 3' });
    const tagged = schema.configure({ export: true }, 'self');
    expect(fieldTree(tagged).tag).toBeUndefined();
    const [issue] = lint(tagged).filter(({ rule }) => rule === '@candor/dropped-tag');
    expect(issue).toMatchObject({ path: '', message: expect.stringContaining('schema.out.configure(…)') });
    const out = tagged.out.configure({ export: true }, 'self');
    expect(fieldTree(out)).toMatchObject({ tag: {} });
    expect(rules(out)).not.toContain('@candor/dropped-tag ');
  });

  test("ArkType's conversions lose the tags before them and those of what they are in, which leaves no other trace", () => {
    const trimmed = type('string.trim').configure({ export: 'text' }, 'self');
    const inner = type({ b: trimmed, 'c?': trimmed }).configure({ export: true }, 'self');
    const schema = type({ a: inner, '[/^x/]': trimmed, list: trimmed.array() });
    expect(fields(schema.configure({ export: true }, 'self')).fields).toEqual([]);
    expect(rules(schema.configure({ export: true }, 'self')).toSorted()).toEqual(
      ['', 'a', 'a.b', 'a.c', '*', 'list.*'].map((path) => `@candor/dropped-tag ${path}`).toSorted(),
    );
    expect(rules(type({ a: 'string.trim' }))).toEqual([]);
    expect(rules(type({ a: 'string' }).configure({ export: true }, 'self'))).toEqual([]);
  });

  const tagged = <T>(): v.MetadataAction<T, { export: true }> => v.metadata({ export: true });
  const text = v.string();

  test.each<[string, v.GenericSchema, string[]]>([
    ['trim', v.pipe(text, v.trim(), tagged()), ['string']],
    ['toLowerCase', v.pipe(text, v.toLowerCase(), tagged()), ['string']],
    ['brand', v.pipe(text, tagged(), v.brand('id')), ['string']],
    ['readonly', v.pipe(v.object({}), tagged(), v.readonly()), ['object']],
    [
      'check',
      v.pipe(
        text,
        tagged(),
        v.check(() => true),
      ),
      ['string'],
    ],
    [
      'rawCheck',
      v.pipe(
        text,
        tagged(),
        v.rawCheck(() => {}),
      ),
      ['string'],
    ],
    ['a schema after a conversion', v.pipe(text, v.transform(Number), v.number(), tagged()), ['number']],
  ])("Valibot's %s keeps the tag", (_, schema, kinds) => {
    const { tag, kinds: found } = fieldTree(toStandardJsonSchema(schema));
    expect([tag, found]).toEqual([{}, kinds]);
  });

  test.each<[string, v.GenericSchema]>([
    ['a date', v.pipe(v.date(), tagged())],
    ['a map', v.pipe(v.map(text, text), tagged())],
    ['a set', v.pipe(v.set(text), tagged())],
    ['a bigint', v.pipe(v.bigint(), tagged())],
    ['an instance', v.pipe(v.instance(URL), tagged())],
    [
      'a function of the host',
      v.pipe(
        v.custom(() => true),
        tagged(),
      ),
    ],
    ['a conversion', v.pipe(text, v.transform(Number), tagged())],
  ])('Valibot leaves no type for %s, so a plain tag is doubt and a transform is not', (_, schema) => {
    expect(fieldTree(toStandardJsonSchema(schema)).tag).toBeUndefined();
    const presence = v.pipe(schema, v.metadata({ export: 'presence' }));
    expect(fieldTree(toStandardJsonSchema(presence)).tag).toEqual({ transform: { kind: 'presence' } });
  });

  test.each<[string, v.GenericSchema]>([
    [
      'transform',
      v.pipe(
        text,
        tagged(),
        v.transform((given) => given.padEnd(9)),
      ),
    ],
    ['trim', v.pipe(text, tagged(), v.trim())],
    ['toUpperCase', v.pipe(text, tagged(), v.toUpperCase())],
  ])("Valibot's tag before %s is not meant for what comes out, and lint says so", (_, a) => {
    const schema = toStandardJsonSchema(v.pipe(v.object({ a }), tagged()));
    expect(fieldTree(schema).properties.get('a')?.tag).toBeUndefined();
    expect(rules(schema)).toContain('@candor/dropped-tag a');
  });

  test.each<[string, (inside: v.GenericSchema) => v.GenericSchema]>([
    ['nonOptional', (inside) => v.nonOptional(v.optional(inside))],
    ['nonNullable', (inside) => v.nonNullable(v.nullable(inside))],
    ['nonNullish', (inside) => v.nonNullish(v.nullish(inside))],
  ])("Valibot's %s leaves no type, and lint says so of the tag inside", (_, wrap) => {
    const schemaOf = (inside: v.GenericSchema): SchemaSource =>
      toStandardJsonSchema(v.pipe(v.object({ a: wrap(inside) }), tagged()));
    const plain = schemaOf(v.pipe(text, tagged()));
    expect(fieldTree(plain).properties.get('a')?.tag).toBeUndefined();
    expect(rules(plain)).toContain('@candor/untyped-tag a');
    const told = v.pipe(text, v.metadata({ export: 'presence' }));
    expect(fieldTree(schemaOf(told)).properties.get('a')?.tag).toEqual({
      transform: { kind: 'presence' },
    });
    const before = schemaOf(v.pipe(told, v.transform(Number)));
    expect(fieldTree(before).properties.get('a')?.tag).toBeUndefined();
    expect(rules(before)).toContain('@candor/dropped-tag a');
    expect(rules(schemaOf(text))).toEqual([]);
  });

  test('a bare Valibot schema is refused with the name of the wrapper', () => {
    expect(() => fieldTree(v.object({}) as never)).toThrow(
      expect.objectContaining({
        code: 'ERR_SCHEMA_SOURCE',
        message: expect.stringContaining('toStandardJsonSchema'),
      }),
    );
  });

  test('recursion in each library is a cycle', () => {
    const Tree = z
      .object({
        on: z.boolean().meta({ export: true }),
        get kids() {
          return z.array(Tree).meta({ export: true });
        },
      })
      .meta({ export: true });
    const Cyclic = Type.Cyclic(
      {
        Tree: Type.Object(
          { on: Type.Boolean({ export: true }), kids: Type.Array(Type.Ref('Tree'), { export: true }) },
          { export: true },
        ),
      },
      'Tree',
    );
    for (const schema of [Tree, Cyclic]) {
      const kid = fieldTree(schema).properties.get('kids')?.items;
      expect(kid?.tag).toEqual({});
      expect(kid?.properties.get('kids')?.items).toBe(kid);
    }
  });
});
