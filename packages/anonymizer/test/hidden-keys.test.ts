import { describe, expect, test } from 'vitest';
import { fieldTree } from '@candor/schema';
import { createHiddenKeys, isMadeUpKey, noHiddenKeys, normalizeKey } from '../src/hidden-keys.js';
import { snapshot } from '../src/snapshot.js';

function hiding(...keys: string[]): ReturnType<typeof createHiddenKeys> {
  const hidden = createHiddenKeys();
  for (const key of keys) hidden.addRenamed(key);
  return hidden;
}

describe('a text names a hidden key', () => {
  test.each([
    ['web', 'web'],
    ['web', 'WEB'],
    ['web', 'api,web'],
    ['web', 'web@file'],
    ['web', 'is web on?'],
    ['my-app', 'my app'],
    ['my-app', 'the MY_APP of mine'],
    ['straße', 'STRASSE straße'],
    ['straße', 'of STRASSE'],
    ['Größe', '{{GRöSSe}}'],
    ['STRASSE', 'straße@file'],
    ['ﬁrma', 'FIRMA'],
    ['ὀδός', 'ὈΔΌΣ@file'],
    ['ΟΔΟΣ-1', 'οδος-1'],
    ['ΐ', 'Ϊ́'],
    ['ılık', 'ILIK'],
    ['kelvin', '\u212Aelvin'],
    ['ｗｅｂ', 'web'],
    ['we\u200Bb', 'web'],
    ['-', '-'],
    ['a b c d e f g h i', 'a b c d e f g h'],
  ])('%j: %j', (key, text) => {
    expect(hiding('other', key).isNamedIn(text)).toBe(true);
  });

  test.each([
    ['web', 'website'],
    ['web', 'cobweb'],
    ['web', ''],
    ['my-app', 'my other app'],
    ['my-app', 'my'],
    ['-', 'a - b'],
    ['key1', 'of key1'],
    ['a b c d e f g h', 'a b c d e f g'],
  ])('%j, and not %j', (key, text) => {
    expect(hiding(key).isNamedIn(text)).toBe(false);
  });

  test('only where one is hidden', () => {
    expect(createHiddenKeys().isNamedIn('web')).toBe(false);
    expect(createHiddenKeys().has('web')).toBe(false);
    expect(hiding('key1').isNamedIn('key1')).toBe(true);
  });

  test('by all of it', () => {
    const hidden = hiding('web', 'web');
    expect(['Web', 'web,api', 'api'].map(hidden.has)).toEqual([true, false, false]);
    expect(hidden.isOmitted('web')).toBe(false);
    hidden.addOmitted('API');
    expect(['api', 'web'].map(hidden.isOmitted)).toEqual([true, false]);
    expect(hidden.has('api')).toBe(true);
  });
});

test('keys below a value are hidden, but for those that a schema declares', () => {
  const root = fieldTree({
    type: 'object',
    properties: {
      known: { type: 'object', properties: { inner: { type: 'string' } } },
      list: {
        type: 'array',
        prefixItems: [{ properties: { first: {} } }],
        items: { properties: { rest: {} } },
      },
      union: { anyOf: [{ properties: { one: {} } }, { properties: { two: {} } }] },
      map: { type: 'object', additionalProperties: { properties: { on: {} } } },
    },
  });
  const hidden = createHiddenKeys();
  const value = {
    known: { inner: 1, own: { deep: 1 } },
    list: [
      { first: 1, odd: 1 },
      { rest: 1, first2: 1 },
    ],
    union: { one: 1, two: 1, three: 1 },
    map: { mine: { on: 1, off: 1 } },
    top: 1,
  };
  hidden.addBelow([root], snapshot(value));
  for (const key of ['own', 'deep', 'odd', 'first2', 'three', 'mine', 'off', 'top']) {
    expect([key, hidden.isOmitted(key)]).toEqual([key, true]);
  }
  for (const key of ['known', 'inner', 'list', 'first', 'rest', 'union', 'one', 'two', 'map', 'on']) {
    expect([key, hidden.has(key)]).toEqual([key, false]);
  }
  hidden.addBelow([root], snapshot('text'));
  hidden.addBelow([], snapshot([{ below: 1 }]));
  expect(hidden.has('below')).toBe(true);
});

test('nothing is hidden where a schema says so', () => {
  const none = noHiddenKeys;
  none.addRenamed('web');
  none.addOmitted('web');
  none.addBelow([], snapshot({ web: 1 }));
  expect([none.has('web'), none.isOmitted('web'), none.isNamedIn('web')]).toEqual([false, false, false]);
});

test.each(['key1', 'KEY12', 'Key999999999', 'ｋｅｙ１', '\u212Aey1', 'k\u200Bey1'])(
  '%j looks made up',
  (key) => {
    expect(isMadeUpKey(key)).toBe(true);
  },
);

test.each(['', 'key', 'key0', 'key01', 'key1000000000', 'akey1', 'key1a', 'lay1', 'ключ1'])(
  '%j does not',
  (key) => {
    expect(isMadeUpKey(key)).toBe(false);
  },
);

test('keys are compared without case, width and what cannot be seen', () => {
  expect(['Web', 'ＷＥＢ', 'w\u00ADeb', 'we\uFE0Fb'].map(normalizeKey)).toEqual(['web', 'web', 'web', 'web']);
  expect(normalizeKey('Ä')).toBe('ä');
});
