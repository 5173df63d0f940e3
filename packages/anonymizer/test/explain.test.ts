import { expect, test } from 'vitest';
import { createAnonymizer, createExplainer, reasonText } from '../src/index.js';

const schema = {
  type: 'object',
  export: true,
  properties: {
    token: { type: 'string' },
    size: { type: 'integer', export: { bucket: [10] } },
    note: { type: 'string', export: 'text' },
    point: { type: 'string', export: 'text' },
    hidden: { type: 'object', properties: { a: { type: 'string', export: true } } },
    hosts: { type: 'array', items: { type: 'string' } },
    ports: { type: 'array', items: { type: 'integer' } },
    users: { type: 'array', export: 'count' },
    points: {
      type: 'object',
      export: true,
      additionalProperties: {
        type: 'object',
        export: true,
        properties: { on: { type: 'boolean', export: true } },
      },
    },
  },
};

test('each path of the input has one remark, in its order', () => {
  const remarks = createAnonymizer(schema, { deny: ['note'] }).explain({
    token: 'secret',
    size: 3,
    note: 'denied',
    point: 'mine',
    extra: { deep: 1 },
    hidden: { a: 'b' },
    hosts: ['a', 7],
    ports: [1],
    users: ['u'],
    points: { mine: { on: true } },
  });
  const lines = remarks.map(({ path, outputPath, action, reason, value }) =>
    [path.join('.'), outputPath?.join('.') ?? '-', action, reason, JSON.stringify(value) ?? '-'].join(' '),
  );
  expect(lines).toEqual([
    '  kept exported -',
    'token token masked untagged "xxxx"',
    'size size transformed exported "<10"',
    'note - omitted denied -',
    'point point renamed quotes-key "key1"',
    'extra - omitted undeclared -',
    'extra.deep - omitted undeclared -',
    'hidden - omitted untagged -',
    'hidden.a - omitted above-untagged -',
    'hosts hosts masked untagged -',
    'hosts.0 hosts.0 masked above-untagged "xxxx"',
    'hosts.1 - omitted type-mismatch -',
    'ports ports masked untagged []',
    'ports.0 - omitted above-untagged -',
    'users users transformed exported 1',
    'users.0 - omitted above-transformed -',
    'points points kept exported -',
    'points.mine points.key1 renamed key-renamed -',
    'points.mine.on points.key1.on kept exported true',
  ]);
});

test('positions in a list move up past what is left out', () => {
  const list = { type: 'array', export: true, items: { type: 'boolean', export: true } };
  const remarks = createAnonymizer(list).explain(['text', true]);
  expect(remarks.map(({ outputPath }) => outputPath)).toEqual([[], undefined, [0]]);
});

test('can be had without the rest of the anonymizer', () => {
  const config = { token: 'secret', note: 'x', point: 'mine', points: { mine: { on: true } }, extra: 1 };
  for (const deny of [[], ['note', 'points.*.on']]) {
    expect(createExplainer(schema, { deny })(config)).toEqual(
      createAnonymizer(schema, { deny }).explain(config),
    );
  }
});

test('a reason is said in words, and a key by its new name', () => {
  const remarks = createExplainer(schema)({ note: 'at 10.1.2.3', point: 'mine', points: { mine: {} } });
  expect(remarks.map(({ path, ...remark }) => [path.join('.'), reasonText(remark)])).toEqual([
    ['', 'tagged'],
    ['note', 'tagged text'],
    ['point', 'names a key that stays'],
    ['points', 'tagged'],
    ['points.mine', 'its key leaves as key1'],
  ]);
});
