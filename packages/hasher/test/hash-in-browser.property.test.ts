import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as inBrowser from '../src/browser.js';
import * as inNode from '../src/index.js';

const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: 1, maxLength });

test('has the same exports as in Node', () => {
  expect(Object.keys(inBrowser).toSorted()).toEqual(Object.keys(inNode).toSorted());
});

test('hashes are the same as in Node', () => {
  fc.assert(
    fc.property(fc.jsonValue(), bytes(100), (value, key) => {
      const json = JSON.parse(JSON.stringify(value)) as unknown;
      expect(inBrowser.hash(json)).toBe(inNode.hash(json));
      expect(inBrowser.keyedHash(key, json)).toBe(inNode.keyedHash(key, json));
    }),
  );
});

test('canonical forms and errors are the same as in Node', () => {
  const values = fc.anything({ key: fc.string({ unit: 'binary' }), maxDepth: 3, withNullPrototype: true });
  fc.assert(
    fc.property(values, (value) => {
      expect(outcome(() => inBrowser.canonicalize(value))).toEqual(outcome(() => inNode.canonicalize(value)));
    }),
  );
});

function outcome(canonicalize: () => string): unknown {
  try {
    return canonicalize();
  } catch (error) {
    const { code, message, path } = error as inNode.HasherError;
    return { code, message, path };
  }
}

test('derived keys are the same as in Node', () => {
  fc.assert(
    fc.property(
      bytes(100),
      fc.oneof(fc.string({ unit: 'grapheme' }), bytes(50)),
      fc.option(bytes(80), { nil: undefined }),
      fc.integer({ min: 1, max: 200 }),
      (key, info, salt, length) => {
        const options = { info, length, ...(salt !== undefined && { salt }) };
        expect(inBrowser.deriveKey(key, options)).toEqual(inNode.deriveKey(key, options));
      },
    ),
  );
});
