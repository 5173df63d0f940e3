import type { JsonSchema } from '@candor/schema';
import * as fc from 'fast-check';

/** A schema with maps of every sort and texts beside them, and an instance whose texts name the maps' keys. */
export interface Keyed {
  readonly schema: JsonSchema;
  readonly value: unknown;
}

/** The keys that occur. */
export const keyWords = ['alder', 'birch', 'cedar', 'dogwood'];

const key = fc.constantFrom(...keyWords);

const text = fc.oneof(
  key,
  key.map((word) => word.toUpperCase()),
  fc
    .tuple(key, fc.constantFrom(',', '@', ' and ', '.'), key)
    .map(([one, between, other]) => one + between + other),
  fc.constantFrom('', 'plain', 'key1', 'KEY2', 'see key1', 'xxxx', 'at https://db.example.com/'),
);

const tags: readonly object[] = [
  {},
  { export: true },
  { export: true },
  { export: true },
  { export: 'count' },
  { export: 'presence' },
];
const names: readonly object[] = [{}, {}, { propertyNames: { export: 'text' } }];

interface Part {
  readonly schema: JsonSchema;
  readonly value: fc.Arbitrary<unknown>;
}

const flag: Part = { schema: { type: 'boolean', export: true }, value: fc.boolean() };
const free: Part = { schema: { type: 'string', export: 'text' }, value: text };
const secret: Part = { schema: { type: 'string' }, value: text.filter((word) => word !== '') };
const texts: Part = {
  schema: { type: 'array', export: true, items: free.schema },
  value: fc.array(text, { maxLength: 3 }),
};

function objectOf(members: Readonly<Record<string, Part>>, tag: object): Part {
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
      ...tag,
    },
    value: fc.record(Object.fromEntries(Object.entries(members).map(([name, { value }]) => [name, value])), {
      requiredKeys: [],
    }),
  };
}

function mapOf(member: Part, tag: object, keys: object): Part {
  return {
    schema: { type: 'object', additionalProperties: member.schema, ...tag, ...keys },
    value: fc.dictionary(key, member.value, { maxKeys: 4 }),
  };
}

const inner = fc.record({ tag: fc.constantFrom(...tags), keys: fc.constantFrom(...names) });

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.constantFrom(free, texts, secret),
  fc
    .tuple(
      fc.constantFrom(...tags),
      fc.constantFrom(...names),
      inner,
      fc.constantFrom('flag', 'text', 'object'),
    )
    .map(([tag, keys, below, member]) => {
      const map = mapOf(free, below.tag, below.keys);
      const section = objectOf({ flag, text: free, hidden: secret, inner: map }, { export: true });
      return mapOf({ flag, text: free, object: section }[member] ?? flag, tag, keys);
    }),
);

/** Schemas and instances in which texts name the keys of maps. */
export const keyed: fc.Arbitrary<Keyed> = fc.array(part, { minLength: 2, maxLength: 4 }).chain((parts) => {
  const members = Object.fromEntries(parts.map((member, at) => [`p${at}`, member]));
  const { schema, value } = objectOf(members, { export: true });
  return value.map((instance) => ({ schema, value: instance }));
});

/** Returns true if a value is a name that the anonymizer makes up. */
export function isMadeUp(value: unknown): boolean {
  return typeof value === 'string' && /^key\d+$/.test(value);
}

/** Lists the words of all texts and keys in a value, in lower case. */
export function wordsIn(value: unknown): string[] {
  return (
    JSON.stringify(value)
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? []
  );
}

/** Replaces words in all texts and keys of a value, in either letter case. */
export function renameWords(value: unknown, names: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify(value).replaceAll(/[a-z]+/gi, (word) => {
    const name = names.get(word.toLowerCase());
    if (name === undefined) return word;
    return word === word.toUpperCase() ? name.toUpperCase() : name;
  });
  return JSON.parse(text);
}
