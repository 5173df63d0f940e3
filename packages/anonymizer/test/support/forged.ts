import * as fc from 'fast-check';

const scalar = fc.constantFrom<unknown>(
  null,
  '',
  'xxxx',
  'XXXX',
  'key1',
  'key2',
  'KEY1',
  'key9',
  'plain',
  'abcd',
  'a',
  'at https://db.example.com/',
  'redis:6379',
  '0s',
  '1m0s',
  '60s',
  '1m',
  '1.2345678s',
  'PT0S',
  'PT60S',
  'PT1M',
  'P1W',
  '99999999h',
  0,
  1,
  2,
  7,
  1.5,
  -3,
  0.3,
  12345,
  123_456_789,
  true,
  false,
  'other',
  ':80',
);

const key = fc.constantFrom(
  'key1',
  'key2',
  'key3',
  'key02',
  'KEY1',
  'key99',
  'a',
  'b',
  'p0',
  'p1',
  'plain',
  'xxxx',
  'a longer key',
);

const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small' },
    { weight: 3, arbitrary: scalar },
    fc.array(tie('anything'), { maxLength: 20 }),
    fc.array(fc.constant('xxxx'), { maxLength: 40 }),
    fc.dictionary(key, tie('anything'), { maxKeys: 4 }),
  ),
}));

/** Values that resemble another one, with anything in some of its places and under some of its keys. */
export function forged(value: unknown): fc.Arbitrary<unknown> {
  const kept = forgedMembers(value);
  return fc.oneof({ weight: 4, arbitrary: kept }, { weight: 1, arbitrary: anything });
}

function forgedMembers(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  if (Array.isArray(value)) {
    return fc
      .tuple(fc.tuple(...value.map(forged)), fc.array(anything, { maxLength: 2 }))
      .map(([items, more]) => [...items, ...more]);
  }
  const members = Object.entries(value).map(([name, member]) =>
    fc.tuple(fc.oneof({ weight: 6, arbitrary: fc.constant(name) }, key), forged(member)),
  );
  return fc
    .tuple(fc.tuple(...members), fc.array(fc.tuple(key, anything), { maxLength: 2 }))
    .map(([entries, more]) => Object.fromEntries([...entries, ...more]));
}
