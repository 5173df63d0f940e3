import { describe, expect, test } from 'vitest';
import { fields, fieldTreatment, type JsonSchema, shapeTreatment } from '../src/index.js';
import { fieldExample } from '../src/fields/field-example.js';
import { shapeBeyond } from '../src/fields/treatment.js';

const nine = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

/** The field list of a root with one member, `at`. */
function listOf(at: JsonSchema): ReturnType<typeof fields> {
  return fields({ type: 'object', export: true, properties: { at } });
}

// How a schema's value leaves, in words, and something that it may leave as.
const cases: [string, JsonSchema, string, unknown][] = [
  ['a text', { type: 'string', export: true }, 'text, scrubbed', 'text, with xxxx for an address'],
  ['an address', { type: 'string', format: 'address', export: true }, 'text, scrubbed', 'xxxx:80'],
  [
    'a text or null',
    { type: ['null', 'string'], export: true },
    'text, scrubbed',
    'text, with xxxx for an address',
  ],
  ['an integer', { type: 'integer', export: true }, 'as it is', 10],
  ['a number', { type: 'number', export: true }, 'as it is', 0.5],
  ['a switch', { type: 'boolean', export: true }, 'as it is', true],
  ['a duration', { type: 'string', format: 'go-duration', export: true }, 'as it is', '30s'],
  ['an object', { type: 'object', export: true }, 'whether it is set', true],
  ['a list', { type: 'array', export: true }, 'how many', 2],
  ['a listed text', { enum: ['b', 'a'], export: true }, 'one of b, a', 'b'],
  ['eight listed texts', { enum: nine.slice(1), export: true }, 'one of b, c, d, e, f, g, h, i', 'b'],
  ['a port', { type: 'string', export: 'port' }, 'only the port', ':80'],
  ['a count', { type: 'array', export: 'count' }, 'only how many', 3],
  ['whether it is there', { type: 'object', export: 'presence' }, 'only whether it is set', true],
  ['steps', { type: 'integer', export: { bucket: [10, 100] } }, 'in steps 10, 100', '10..100'],
  [
    'steps of a duration',
    { type: 'string', format: 'go-duration', export: { bucket: [1, 60] } },
    'in steps 1, 60 seconds',
    '1..60',
  ],
  ['known texts', { type: 'string', export: { only: ['a', 'b'] } }, 'only a, b; anything else as other', 'a'],
  [
    'texts that hold known words',
    { type: 'string', export: { only: ['a'], words: true } },
    'only a, or the one of these whose words it holds; anything else as other',
    'a',
  ],
];

test.each(cases)('%s', (_name, schema, words, example) => {
  const [field] = listOf(schema).fields.filter(({ path }) => path === 'at');
  expect(fieldTreatment(field!)).toBe(words);
  expect(fieldExample(field!)).toEqual(example);
});

// The name of a map's member leaves by its own tag.
const names: [string, JsonSchema, string, unknown][] = [
  ['any name', { export: 'text' }, 'its name, scrubbed', 'name'],
  ['a listed name', { enum: ['a', 'b'], export: true }, 'its name, of a, b', 'a'],
  ['known names', { export: { only: ['a', 'b'] } }, 'its name, only a, b; any other as key1, key2, …', 'a'],
];

test.each(names)('%s', (_name, propertyNames, words, example) => {
  const map = { type: 'object', export: true, propertyNames, additionalProperties: { type: 'integer' } };
  const field = listOf(map).fields.find(({ key }) => key);
  expect(fieldTreatment(field!)).toBe(words);
  expect(fieldExample(field!)).toEqual(example);
});

test('more than eight values are cut short, and told apart by a digest', () => {
  const wordsOf = (values: string[]): string =>
    fieldTreatment(listOf({ enum: values, export: true }).fields.find(({ path }) => path === 'at')!);
  expect(wordsOf(nine)).toMatch(/^one of a, b, c, d, e, f and 3 more, list [\da-f]{8}$/);
  expect(wordsOf([...nine.slice(0, 8), 'j'])).not.toBe(wordsOf(nine));
});

describe('what the shape shows', () => {
  test('is said in words', () => {
    const words = (['presence', 'length', 'members'] as const).map((shows) =>
      shapeTreatment({ path: 'at', shows }),
    );
    expect(words).toEqual(['whether it is set', 'how many', 'how many members']);
  });

  test('is left out where a field of the same place says it, and for the root', () => {
    const list = { type: 'array', export: true, items: { type: 'string' } };
    const { fields: all } = listOf(list);
    const shape = [
      { path: '', shows: 'presence' },
      { path: 'at', shows: 'length' },
      { path: 'at', shows: 'presence' },
      { path: 'at', shows: 'members' },
      { path: 'other', shows: 'presence' },
    ] as const;
    expect(shapeBeyond({ fields: all, shape: [...shape] })).toEqual([shape[3], shape[4]]);
  });
});
