import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createAnonymizer } from '../src/index.js';

const node = {
  $id: 'node',
  type: 'object',
  export: true,
  properties: {
    flag: { type: 'boolean', export: true },
    text: { type: 'string', export: 'text' },
    next: { $ref: 'node' },
    list: { type: 'array', export: true, items: { $ref: 'node' } },
  },
};

const { anonymize, explain, verify } = createAnonymizer(node);

describe('values that are no JSON are left out', () => {
  class Instance {
    flag = true;
  }
  test.each<[string, unknown]>([
    ['a date', new Date(0)],
    ['a class instance', new Instance()],
    ['a map', new Map([['flag', true]])],
    ['a function', () => true],
    ['a symbol', Symbol('flag')],
    ['a BigInt', 1n],
    ['a boxed value', Object(true)],
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['a revoked proxy', revoked()],
    ['a proxy that throws', throwing()],
  ])('%s', (_, value) => {
    const input = { flag: true, next: value, text: value };
    expect(anonymize(input)).toEqual({ flag: true });
    expect(explain(input).map(({ action }) => action)).toEqual(['kept', 'kept', 'omitted', 'omitted']);
    expect(anonymize(value)).toEqual({});
    expect(verify(value)).toMatchObject({ value: {} });
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function throwing(): unknown {
  return new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('trap');
      },
    },
  );
}

test('a getter is read once, and one that throws is left out', () => {
  let reads = 0;
  const input = {
    get flag(): boolean {
      reads += 1;
      return reads === 1;
    },
    get text(): string {
      throw new Error('getter');
    },
  };
  expect(anonymize(input)).toEqual({ flag: true });
  expect(reads).toBe(1);
});

test('a cycle ends where it closes', () => {
  const input: Record<string, unknown> = { flag: true };
  input.next = input;
  expect(anonymize(input)).toEqual({ flag: true });
  expect(explain(input).at(-1)).toMatchObject({ path: ['next'], action: 'omitted', reason: 'cycle' });
});

test('what occurs twice without a cycle leaves twice', () => {
  const shared = { flag: true };
  expect(anonymize({ next: shared, list: [shared, shared] })).toEqual({
    next: shared,
    list: [shared, shared],
  });
});

test('depth beyond the limit is left out instead of overflowing the stack', () => {
  let input: Record<string, unknown> = { flag: true };
  for (let depth = 0; depth < 100_000; depth += 1) input = { next: input };
  expect(depthOf(anonymize(input))).toBe(64);
  expect(explain(input).at(-1)).toMatchObject({ action: 'omitted', reason: 'too-deep' });
  expect(depthOf(verify(input).value)).toBe(64);
});

function depthOf(value: unknown): number {
  let depth = 0;
  for (let at = value; typeof at === 'object' && at !== null; at = (at as { next?: unknown }).next)
    depth += 1;
  return depth;
}

test('shared references cannot multiply without end', () => {
  let input: Record<string, unknown> = { flag: true };
  for (let depth = 0; depth < 40; depth += 1) input = { list: [input, input] };
  expect(() => anonymize(input)).not.toThrow();
});

test('a sparse list has no say in how much work is done', () => {
  const list: unknown[] = [];
  list[4_000_000_000] = { flag: true };
  expect(anonymize({ list })).toEqual({});
  const holes = [{ flag: true }];
  holes[3] = { flag: false };
  expect(anonymize({ list: holes })).toEqual({ list: [{ flag: true }, { flag: false }] });
});

test('keys that JavaScript treats specially are keys like any other', () => {
  const schema = {
    type: 'object',
    export: true,
    additionalProperties: { type: 'integer', export: true },
    propertyNames: { export: 'text' },
  };
  const input: unknown = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}');
  const output = createAnonymizer(schema).anonymize(input);
  expect(JSON.parse(JSON.stringify(output))).toEqual(input);
  expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
  expect(Object.keys(anonymize(JSON.parse('{"__proto__": {"flag": true}}')) as object)).toEqual([]);
});

test('plain objects of another realm are data', () => {
  expect(anonymize(runInNewContext('({ flag: true, list: [{ flag: false }] })'))).toEqual({
    flag: true,
    list: [{ flag: false }],
  });
});

test('a lone surrogate and minus zero become what every JSON reader agrees on', () => {
  const schema = { type: 'object', export: true, properties: { n: { type: 'number', export: true } } };
  expect(anonymize({ text: 'a\ud800' })).toEqual({ text: 'xxxx' });
  expect(createAnonymizer(schema).anonymize({ n: -0 })).toEqual({ n: 0 });
});

describe('members of maps that differ only at the bottom are numbered in time, however deep', () => {
  const $defs = {
    map: {
      type: 'object',
      export: true,
      properties: { value: { type: 'integer', export: true } },
      additionalProperties: { $ref: '#/$defs/map' },
    },
  };
  const maps = createAnonymizer({ $defs, $ref: '#/$defs/map' });
  const levels = 55;
  const nested = (value: number): object => {
    let map: object = { value };
    for (let level = 0; level < levels; level += 1) map = { name: map };
    return map;
  };

  test.each([
    ['the same keys', nested(2), nested(1)],
    ['one key more', { ...nested(2), value: 3 }, nested(1)],
    ['the keys in another order', { ...nested(2), value: 3 }, { value: 3, ...nested(1) }],
  ])('%s', (_, one, other) => {
    const input = { one, other };
    const remarks = maps.explain(input).filter(({ path }) => path.length === levels + 2);
    expect(remarks.map(({ value, outputPath }) => [value, outputPath?.[0]])).toEqual(
      expect.arrayContaining([
        [1, 'key1'],
        [2, 'key2'],
      ]),
    );
    expect(maps.verify(maps.anonymize(input)).removed).toEqual([]);
  });
});
