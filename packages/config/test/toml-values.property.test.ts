import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { readToml } from '../src/read/toml.js';
import { readTomlValues } from '../src/read/toml-values.js';
import type { SourceNode } from '../src/source-node.js';

const key = fc.oneof(
  fc.stringMatching(/^[a-z]{1,3}$/),
  fc.string({ maxLength: 4 }),
  fc.constant('__proto__'),
);
const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.boolean(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.array(tie('table'), { maxLength: 2 }),
    tie('table'),
  ),
  table: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}));

const text = table.map((value) => stringify(value));

test('reads what the reader with positions reads', () => {
  fc.assert(
    fc.property(text, (source) => {
      expect(readTomlValues(source)).toEqual(withoutPositions(readToml(source)));
    }),
  );
});

test('takes nothing that the reader with positions refuses', () => {
  const change = fc.record({
    at: fc.nat(),
    removed: fc.integer({ min: 0, max: 2 }),
    added: fc.stringMatching(/^[a0."'=[\]{},\n#\\_: \r+\u00e9-]{0,2}$/),
  });
  fc.assert(
    fc.property(text, change, (source, { at, removed, added }) => {
      const from = at % (source.length + 1);
      const changed = source.slice(0, from) + added + source.slice(from + removed);
      const values = readTomlValues(changed);
      if (values !== undefined) expect(values).toEqual(withoutPositions(readToml(changed)));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a float', 'a = 1.50'],
  ['a date', 'a = 1979-05-27'],
  ['a time in a list', 'a = [07:32:00]'],
  ['a number of more than 64 bits', 'a = 9223372036854775808'],
  ['what is no TOML', 'a = '],
  ['what is nested too deeply', `a = ${'['.repeat(300)}${']'.repeat(300)}`],
])('leaves %s to the reader with positions', (_, source) => {
  expect(readTomlValues(source)).toBeUndefined();
});

/** Keys in one order: numbers come first in what a parser without positions returns. */
function withoutPositions(node: SourceNode): SourceNode {
  if (node.kind === 'scalar') return { kind: 'scalar', type: node.type, text: node.text };
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(withoutPositions) };
  const members = Object.fromEntries(node.entries.map((entry) => [entry.key, withoutPositions(entry.node)]));
  return {
    kind: 'map',
    entries: Object.entries(members).map(([name, member]) => ({ key: name, node: member })),
  };
}
