import { describe, expect, test } from 'vitest';
import { fieldTree, type JsonSchema } from '../src/index.js';

/** The kinds of what `a` refers to, or the doubt that it leaves. */
function target(reference: string, more: object = {}): string {
  return targetOf({ type: 'object', properties: { a: { $ref: reference } }, ...more });
}

function targetOf(schema: JsonSchema): string {
  const a = fieldTree(schema).properties.get('a');
  return a === undefined || a.doubts.length > 0 ? String(a?.doubts) : a.kinds.join();
}

const unresolved = 'unresolved-reference';
const bool = { type: 'boolean' };
const [draft4, draft6, draft7] = [4, 6, 7].map((draft) => `http://json-schema.org/draft-0${draft}/schema#`);

describe('a pointer leads to', () => {
  test.each<[string, string, object, string]>([
    ['the document', '#', {}, 'object'],
    ['a definition', '#/$defs/x', { $defs: { x: bool } }, 'boolean'],
    ['a definition of old', '#/definitions/x', { definitions: { x: bool } }, 'boolean'],
    ['a key with a slash', '#/$defs/x~1y', { $defs: { 'x/y': bool } }, 'boolean'],
    ['a key with a tilde', '#/$defs/x~0y', { $defs: { 'x~y': bool } }, 'boolean'],
    ['a key that looks escaped', '#/$defs/x~01y', { $defs: { 'x~1y': bool } }, 'boolean'],
    ['a key with a percent sign', '#/$defs/x%25y', { $defs: { 'x%y': bool } }, 'boolean'],
    ['a position', '#/allOf/1', { allOf: [{}, bool] }, 'boolean'],
    ['a schema under a keyword that nobody knows', '#/own/x', { own: { x: bool } }, 'boolean'],
    ['true, which allows everything', '#/$defs/x', { $defs: { x: true } }, ''],
    ['nothing where the key is missing', '#/$defs/y', { $defs: { x: bool } }, unresolved],
    ['nothing beyond a text', '#/title/length', { title: 'x' }, unresolved],
    ['nothing beyond null', '#/own/x', { own: null }, unresolved],
    ['nothing where an escape is broken', '#/$defs/%zz', { $defs: { '%zz': bool } }, unresolved],
    ['no text', '#/title', { title: 'x' }, unresolved],
    ['no list', '#/allOf', { allOf: [bool] }, unresolved],
    ['nothing that objects inherit', '#/$defs/toString', { $defs: { x: bool } }, unresolved],
  ])('%s', (_, reference, more, kinds) => {
    expect(target(reference, more)).toBe(kinds);
  });
});

describe('a name leads to', () => {
  const embedded = {
    $id: 'https://a.example/root.json',
    $defs: {
      x: { $id: 'x.json', ...bool, $defs: { y: { type: 'integer' }, z: { $anchor: 'z', type: 'null' } } },
    },
  };
  test.each<[string, string, object, string]>([
    ['an anchor', '#x', { $defs: { x: { $anchor: 'x', ...bool } } }, 'boolean'],
    ['a dynamic anchor', '#x', { $defs: { x: { $dynamicAnchor: 'x', ...bool } } }, 'boolean'],
    ['an anchor in a list', '#x', { allOf: [{}, { $anchor: 'x', ...bool }] }, 'boolean'],
    ['no anchor that is missing', '#y', { $defs: { x: { $anchor: 'x', ...bool } } }, unresolved],
    ['no anchor that is not text', '#7', { $defs: { x: { $anchor: 7, ...bool } } }, unresolved],
    ['no anchor in data', '#x', { default: { $anchor: 'x', ...bool } }, unresolved],
    [
      'no anchor that stands twice',
      '#x',
      { $defs: { x: { $anchor: 'x', ...bool }, y: { $anchor: 'x' } } },
      unresolved,
    ],
    ['a document of its own', 'x.json', embedded, 'boolean'],
    ['a document by its whole address', 'https://a.example/x.json', embedded, 'boolean'],
    ['a pointer in a document', 'x.json#/$defs/y', embedded, 'integer'],
    ['an anchor in a document', 'x.json#z', embedded, 'null'],
    ['no anchor of another document', '#z', embedded, unresolved],
    ['no pointer of another document', '#/$defs/y', embedded, unresolved],
    ['no document that is missing', 'y.json', embedded, unresolved],
    ['no document whose address is none', 'https://', embedded, unresolved],
    ['this document', 'root.json', embedded, 'object'],
    [
      'an identifier of draft 7 that is a fragment',
      '#x',
      { $schema: draft7, definitions: { x: { $id: '#x', ...bool } } },
      'boolean',
    ],
    [
      'an identifier of draft 6',
      'x.json',
      { $schema: draft6, definitions: { x: { $id: 'x.json', ...bool } } },
      'boolean',
    ],
    [
      'an identifier of draft 4',
      'x.json',
      { $schema: draft4, definitions: { x: { id: 'x.json', ...bool } } },
      'boolean',
    ],
    ['no property that is called id', 'x.json', { $defs: { x: { id: 'x.json', ...bool } } }, unresolved],
    [
      'no identifier of draft 7 beside a reference',
      'x.json',
      { $schema: draft7, definitions: { x: { $id: 'x.json', $ref: '#/definitions/y' }, y: bool } },
      unresolved,
    ],
    [
      'an identifier of today beside a reference',
      'x.json',
      { $defs: { x: { $id: 'x.json', $ref: '#/$defs/y', $defs: { y: bool } } } },
      'boolean',
    ],
  ])('%s', (_, reference, more, kinds) => {
    expect(target(reference, more)).toBe(kinds);
  });

  test('what stands beside the reference in its own document', () => {
    const inside = { $id: 'x.json', $ref: '#/$defs/y', $defs: { y: bool } };
    expect(targetOf({ type: 'object', properties: { a: inside }, $defs: { y: { type: 'integer' } } })).toBe(
      'boolean',
    );
  });
});

test('a reference that is no text, or stands beside a dynamic one, leaves doubt', () => {
  expect(targetOf({ type: 'object', properties: { a: { $ref: 7 } } })).toBe(unresolved);
  for (const keyword of ['$dynamicRef', '$recursiveRef']) {
    expect(targetOf({ type: 'object', properties: { a: { [keyword]: '#' } } })).toBe('dynamic-reference');
  }
});
