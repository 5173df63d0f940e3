import type { JsonSchema } from '@candor/schema';
import * as fc from 'fast-check';

/** A schema, an instance of it, and the strings of the instance that may not leave. */
export interface Planted {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly forbidden: readonly string[];
  /** Strings that must leave as they are. */
  readonly expected: readonly string[];
}

type Mark = true | false | undefined;
type Wrap = 'plain' | 'reference' | 'target' | 'denied' | 'nullable' | 'member';

interface Common {
  readonly mark: Mark;
  readonly wrap: Wrap;
  readonly mismatch: boolean;
}

type Model = Common &
  (
    | { readonly kind: 'text' | 'secret' | 'only' | 'number' | 'flag' | 'untyped' }
    | { readonly kind: 'address'; readonly format: string; readonly beside: boolean }
    | { readonly kind: 'either' }
    | { readonly kind: 'object'; readonly members: readonly Model[]; readonly stray: boolean }
    | {
        readonly kind: 'map';
        readonly names: 'kept' | 'only' | 'hidden';
        readonly size: number;
        readonly member: Model;
      }
    | { readonly kind: 'pattern'; readonly size: number; readonly member: Model }
    | { readonly kind: 'list'; readonly size: number; readonly member: Model }
    | { readonly kind: 'tuple'; readonly members: readonly Model[] }
    | { readonly kind: 'union'; readonly members: readonly Model[]; readonly chosen: number }
    | { readonly kind: 'recursive'; readonly depth: number; readonly member: Model }
  );

const common = {
  mark: fc.oneof({ weight: 5, arbitrary: fc.constant<Mark>(true) }, fc.constantFrom<Mark>(undefined, false)),
  wrap: fc.constantFrom<Wrap>('plain', 'plain', 'reference', 'target', 'denied', 'nullable', 'member'),
  mismatch: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
};

const size = fc.integer({ min: 0, max: 3 });

const { model } = fc.letrec<{ model: Model }>((tie) => {
  const members = fc.array(tie('model'), { maxLength: 4 });
  const member = tie('model');
  return {
    model: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({
        ...common,
        kind: fc.constantFrom('text', 'text', 'secret', 'only', 'number', 'flag', 'untyped'),
      }),
      fc.record({
        ...common,
        kind: fc.constant('address'),
        format: fc.constantFrom('address', 'hostname', 'uri', 'iri-reference', 'ipv4'),
        beside: fc.boolean(),
      }),
      fc.record({ ...common, kind: fc.constant('either') }),
      fc.record({ ...common, kind: fc.constant('object'), members, stray: fc.boolean() }),
      fc.record({
        ...common,
        kind: fc.constant('map'),
        names: fc.constantFrom('kept', 'only', 'hidden'),
        size,
        member,
      }),
      fc.record({ ...common, kind: fc.constant('pattern'), size, member }),
      fc.record({ ...common, kind: fc.constant('list'), size, member }),
      fc.record({ ...common, kind: fc.constant('tuple'), members }),
      fc.record({
        ...common,
        kind: fc.constant('union'),
        members: fc.array(member, { minLength: 2, maxLength: 3 }),
        chosen: fc.nat(2),
      }),
      fc.record({ ...common, kind: fc.constant('recursive'), depth: fc.nat(3), member }),
    ) as fc.Arbitrary<Model>,
  };
});

/** Schemas and instances of every shape, tagged at random, with a text of its own in each place. */
export const planted: fc.Arbitrary<Planted> = fc
  .record({ members: fc.array(model, { minLength: 1, maxLength: 5 }), tagged: fc.boolean() })
  .map(({ members, tagged }) => {
    const writer = createWriter();
    const root: Model = {
      kind: 'object',
      members,
      stray: true,
      mark: tagged || undefined,
      wrap: 'plain',
      mismatch: false,
    };
    const { schema, value } = writer.write(root, true);
    return {
      schema: { ...(schema as object), $defs: writer.definitions },
      value,
      ...occurring(value, writer),
    };
  });

/** An empty list or a mismatch leaves planted strings out of the instance. */
function occurring(value: unknown, { forbidden, expected }: Writer): Pick<Planted, 'forbidden' | 'expected'> {
  const text = JSON.stringify(value);
  const occurs = (string: string): boolean => text.includes(string);
  return { forbidden: forbidden.filter(occurs), expected: expected.filter(occurs) };
}

interface Written {
  readonly schema: JsonSchema;
  readonly value: unknown;
}

interface Writer {
  readonly definitions: Record<string, JsonSchema>;
  readonly forbidden: string[];
  readonly expected: string[];
  readonly write: (model: Model, above: boolean) => Written;
}

function createWriter(): Writer {
  const definitions: Record<string, JsonSchema> = {};
  const forbidden: string[] = [];
  const expected: string[] = [];
  let count = 0;
  const fresh = (): string => `zq${(count += 1)}qz`;
  const secret = (): string => {
    const text = fresh();
    forbidden.push(text);
    return text;
  };
  const define = (schema: JsonSchema): string => {
    const name = `d${Object.keys(definitions).length}`;
    definitions[name] = schema;
    return `#/$defs/${name}`;
  };

  function write(model: Model, above: boolean): Written {
    const isDenied = model.wrap === 'denied' || model.mark === false;
    const exported = above && model.mark === true && !isDenied && !model.mismatch;
    const { schema, value } = writeBare(model, exported);
    const tagged =
      model.mark === undefined ? {} : { export: model.kind === 'only' && model.mark ? only : model.mark };
    return {
      schema: wrap(schema as Record<string, unknown>, tagged, model.wrap),
      value: model.mismatch ? mismatched(model) : value,
    };
  }

  function wrap(bare: Record<string, unknown>, tag: object, how: Wrap): JsonSchema {
    switch (how) {
      case 'plain':
        return { ...bare, ...tag };
      case 'reference':
        return { $ref: define(bare), ...tag };
      case 'target':
        return { $ref: define({ ...bare, ...tag }) };
      case 'denied':
        return { $ref: define({ ...bare, export: false }), ...tag };
      case 'nullable':
        return { anyOf: [{ ...bare, ...tag }, { type: 'null' }] };
      case 'member':
        return { allOf: [{ ...bare, ...tag }, { title: 'says nothing of the value' }] };
    }
  }

  /** A value of no type that the model's schema has. */
  function mismatched({ kind }: Model): unknown {
    if (kind === 'number' || kind === 'flag') return secret();
    const isText = ['text', 'secret', 'only', 'untyped', 'address'].includes(kind);
    return isText || kind === 'list' || kind === 'tuple' ? { [secret()]: secret() } : [secret()];
  }

  function writeBare(model: Model, exported: boolean): Written {
    switch (model.kind) {
      case 'text': {
        const text = fresh();
        (exported ? expected : forbidden).push(text);
        return { schema: { type: 'string' }, value: text };
      }
      case 'secret':
        return { schema: { type: 'string' }, value: `at https://user:${secret()}@example.com/ and` };
      case 'address':
        return writeAddress(model, `${secret()}:6379`);
      case 'either':
        return writeEither(exported);
      case 'only':
        return { schema: { type: 'string' }, value: secret() };
      case 'number':
        return { schema: { type: 'integer', minimum: 0, maximum: 9 }, value: 7 };
      case 'flag':
        return { schema: { type: 'boolean' }, value: true };
      case 'untyped':
        return { schema: {}, value: secret() };
      case 'object': {
        const members = model.members.map((member) => write(member, exported));
        const properties = Object.fromEntries(members.map(({ schema }, at) => [`p${at}`, schema]));
        const value = Object.fromEntries(members.map((member, at) => [`p${at}`, member.value]));
        const stray = model.stray ? { [secret()]: secret() } : {};
        return { schema: { type: 'object', properties }, value: { ...stray, ...value } };
      }
      case 'map': {
        const { schema, values } = repeat(model.member, model.size, exported);
        const names = { kept: { export: true }, only: { export: only }, hidden: {} }[model.names];
        const key = model.names === 'kept' && exported ? fresh : secret;
        return {
          schema: {
            type: 'object',
            additionalProperties: schema,
            propertyNames: { type: 'string', ...names },
          },
          value: Object.fromEntries(values.map((member) => [key(), member])),
        };
      }
      case 'pattern': {
        const { schema, values } = repeat(model.member, model.size, exported);
        const value = Object.fromEntries(values.map((member) => [secret(), member]));
        return { schema: { type: 'object', patternProperties: { '^zq': schema } }, value };
      }
      case 'list': {
        const { schema, values } = repeat(model.member, model.size, exported);
        return { schema: { type: 'array', items: schema }, value: values };
      }
      case 'tuple': {
        const members = model.members.map((member) => write(member, exported));
        const prefixItems = members.map(({ schema }) => schema);
        return { schema: { type: 'array', prefixItems }, value: members.map(({ value }) => value) };
      }
      case 'union':
        return writeUnion(model, exported);
      case 'recursive':
        return writeRecursive(model, exported);
    }
  }

  /** An address alone or, where a text tells nothing of it, beside a text that is none. */
  function writeAddress({ format, beside }: Extract<Model, { kind: 'address' }>, value: string): Written {
    const address = { type: 'string', format };
    return { schema: beside ? { anyOf: [{ type: 'string' }, address] } : address, value };
  }

  /** Sections of which only one has text, and the other an address, at the same key. */
  function writeEither(exported: boolean): Written {
    const section = (required: string[], format: object): JsonSchema => ({
      type: 'object',
      required,
      properties: { text: { type: 'string', ...format, export: 'text' }, more: { type: 'boolean' } },
    });
    const text = `${fresh()}:77`;
    (exported ? expected : forbidden).push(text);
    return {
      schema: { anyOf: [section(['text', 'more'], { format: 'address' }), section(['text'], {})] },
      value: { text },
    };
  }

  function repeat(member: Model, size: number, above: boolean): { schema: JsonSchema; values: unknown[] } {
    const { schema } = write(member, above);
    return { schema, values: Array.from({ length: size }, () => write(member, above).value) };
  }

  function writeUnion(model: Extract<Model, { kind: 'union' }>, exported: boolean): Written {
    const members = model.members.map((member) => write(member, exported));
    const chosen = model.chosen % members.length;
    const oneOf = members.map(({ schema }, at) => ({
      type: 'object',
      required: ['type'],
      properties: { type: { const: `t${at}`, export: true }, content: schema },
    }));
    return { schema: { oneOf }, value: { type: `t${chosen}`, content: members[chosen]?.value } };
  }

  function writeRecursive(model: Extract<Model, { kind: 'recursive' }>, exported: boolean): Written {
    const reference = define(true);
    const first = write(model.member, exported);
    definitions[reference.slice('#/$defs/'.length)] = {
      type: 'object',
      properties: { here: first.schema, next: { $ref: reference } },
      ...(exported && { export: true }),
    };
    let value: Record<string, unknown> = { here: first.value };
    for (let depth = 0; depth < model.depth; depth += 1) {
      value = { here: write(model.member, exported).value, next: value };
    }
    return { schema: { $ref: reference }, value };
  }

  return { definitions, forbidden, expected, write };
}

const only = { only: ['never planted'] };
