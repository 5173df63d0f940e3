import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnonymizer, type Remark } from '../src/index.js';
import { isMadeUp, keyed, keyWords, renameWords, wordsIn } from './support/keyed.js';

const runs = { numRuns: 500 };

describe('keys that people chose', () => {
  test('stand nowhere in the output if one that is equal does not leave', () => {
    fc.assert(
      fc.property(
        keyed,
        fc.subarray(['p0', 'p1', 'p2', '*.birch', 'p3.*.inner']),
        ({ schema, value }, deny) => {
          const { anonymize, explain } = createAnonymizer(schema, { deny });
          const hidden = hiddenKeys(explain(value));
          const words = new Set(wordsIn(anonymize(value)));
          expect(hidden.filter((key) => words.has(key))).toEqual([]);
        },
      ),
      runs,
    );
  });

  test('and what else does not leave decide nothing: with other keys and values the output is the same', () => {
    fc.assert(
      fc.property(keyed, fc.shuffledSubarray(keyWords, { minLength: keyWords.length }), (input, shuffled) => {
        fc.pre(!JSON.stringify(input.schema).includes('"propertyNames"'));
        const { anonymize } = createAnonymizer(input.schema);
        const output = JSON.stringify(anonymize(input.value));
        // A word that leaves is no hidden content.
        fc.pre(!wordsIn(output).some((word) => keyWords.includes(word)));
        for (const names of [shuffled, keyWords.map((word) => `${word}zz`)]) {
          const other = renameWords(
            input.value,
            new Map(keyWords.map((word, at) => [word, names[at] ?? word])),
          );
          expect(JSON.stringify(anonymize(other))).toBe(output);
        }
      }),
      runs,
    );
  });

  test('are no more in the output of an output', () => {
    fc.assert(
      fc.property(keyed, ({ schema, value }) => {
        const { anonymize, verify } = createAnonymizer(schema);
        const output = anonymize(value);
        expect(verify(output)).toEqual({ value: output, removed: [] });
      }),
      runs,
    );
  });
});

describe('denying one more place', () => {
  const places = [
    'p0',
    'p1',
    'p2',
    'p3',
    '*.alder',
    '*.birch.text',
    '*.*.inner',
    'p0.cedar',
    '*.*.*.dogwood',
    '*.*.flag',
  ];
  test('lets nothing more leave', () => {
    fc.assert(
      fc.property(keyed, fc.subarray(places), fc.constantFrom(...places), ({ schema, value }, deny, more) => {
        const before = createAnonymizer(schema, { deny }).explain(value);
        const after = createAnonymizer(schema, { deny: [...deny, more] }).explain(value);
        after.forEach((remark, at) => {
          const known = before[at];
          expect(known !== undefined && isNoMore(remark, known), JSON.stringify([known, remark])).toBe(true);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

/** Returns true if a path shows nothing that it did not show before. */
function isNoMore(after: Remark, before: Remark): boolean {
  if (after.outputPath === undefined) return true;
  if (before.outputPath === undefined) return false;
  return (
    isNoMoreValue(after.value, before.value) &&
    isNoMoreValue(after.outputPath.at(-1), before.outputPath.at(-1))
  );
}

function isNoMoreValue(after: unknown, before: unknown): boolean {
  if (after === 'xxxx' || after === null) return true;
  return (
    JSON.stringify(after) === JSON.stringify(before) ||
    (isMadeUp(after) && before !== 'xxxx') ||
    typeof after === 'number'
  );
}

function hiddenKeys(remarks: readonly Remark[]): string[] {
  return remarks.flatMap(({ path, outputPath }) => {
    const key = path.at(-1);
    return typeof key === 'string' && keyWords.includes(key) && outputPath?.at(-1) !== key ? [key] : [];
  });
}

test.each<[string, object]>([
  ['untagged', {}],
  ['counted', { export: 'count' }],
  ['only present', { export: 'presence' }],
  ['exported with other keys', { export: true }],
])('no text names a key of a map that is %s', (_, tag) => {
  const text = { type: 'string', export: 'text' };
  const schema = {
    type: 'object',
    export: true,
    properties: {
      m: { type: 'object', additionalProperties: { type: 'object', ...tag }, ...tag },
      a: text,
      b: text,
      c: text,
      d: text,
    },
  };
  const value = {
    m: { customerbank: {}, 'Web.Secure': {} },
    a: 'customerbank',
    b: 'CustomerBank,web',
    c: 'web.secure@file',
    d: 'customer bank',
  };
  for (const deny of [[], ['m']]) {
    const output = createAnonymizer(schema, { deny }).anonymize(value);
    expect(output).toMatchObject({ a: 'xxxx', b: 'xxxx', c: 'xxxx', d: 'customer bank' });
    expect(JSON.stringify(output)).not.toMatch(/customerbank|secure/i);
  }
});

test('a text that names a key that stays is kept', () => {
  const schema = {
    type: 'object',
    export: true,
    properties: {
      m: {
        type: 'object',
        export: true,
        propertyNames: { export: 'text' },
        additionalProperties: { type: 'boolean', export: true },
      },
      a: { type: 'string', export: 'text' },
    },
  };
  const value = { m: { web: true }, a: 'web' };
  expect(createAnonymizer(schema).anonymize(value)).toEqual(value);
  expect(createAnonymizer(schema, { deny: ['m'] }).anonymize(value)).toEqual({ a: 'xxxx' });
});
