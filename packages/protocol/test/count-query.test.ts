import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, type CountQuery, formatCountQuery, parseCountQuery } from '../src/index.js';

const plain = { noNullPrototype: true };
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ path: fc.string() }, plain),
  fc.record({ path: fc.string(), value: fc.constantFrom(null, true, false, 7, 'a=b&c"') }, plain),
  fc.record({ version: fc.string() }, plain),
);

describe('a count query', () => {
  it('comes back from its query string as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('day', 'week', 'month'),
        fc.constantFrom('installations', 'reports'),
        fc.constantFrom('nothing', 'version', 'path', 'age', 'changed'),
        fc.array(condition, { maxLength: 8 }),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        fc.boolean(),
        (period, unit, by, where, path, keptOnly) => {
          const query = {
            product: 'notes',
            from: '2026-01-01',
            to: '2026-01-31',
            period,
            unit,
            by,
            path,
            where,
            ...(keptOnly && { keptOnly }),
          } as CountQuery;
          const search = new URLSearchParams(formatCountQuery(query));
          expect(parseCountQuery('notes', search)).toStrictEqual({ query });
        },
      ),
    );
  });

  it('has usual values', () => {
    const day = '2026-01-01';
    const text = formatCountQuery({
      from: day,
      to: day,
      period: 'day',
      unit: 'installations',
      by: 'nothing',
    });
    expect(text).toBe('from=2026-01-01&to=2026-01-01&period=day&unit=installations&by=nothing');
    const search = new URLSearchParams('from=2026-01-01&to=2026-01-01');
    expect(parseCountQuery('notes', search)).toMatchObject({
      query: { period: 'day', unit: 'installations', by: 'nothing', where: [], path: undefined },
    });
  });

  const days = 'from=2026-01-01&to=2026-01-01';
  const day = 'a day such as 2026-01-31';
  const json = 'JSON such as {"path":"api","value":true}';

  it.each([
    ['from', day, 'undefined', 'to=2026-01-01'],
    ['from', day, 'string', 'from=2026-02-30&to=2026-03-01'],
    ['from', day, 'string', 'from=2026-02-30&to=2026-01-01'],
    ['to', day, 'undefined', 'from=2026-01-01'],
    ['to', 'a day that is not before from', 'string', 'from=2026-01-02&to=2026-01-01'],
    ['period', 'day, week, month', 'string', `${days}&period=year`],
    ['unit', 'installations, reports', 'string', `${days}&unit=hunter2`],
    ['by', 'nothing, version, path, age, changed', 'string', `${days}&by=hash`],
    ['where', json, 'string', `${days}&where=hunter2`],
    ['where', json, 'string', `${days}&where=null`],
    ['where', json, 'string', `${days}&where=["path"]`],
    ['where', json, 'string', `${days}&where={}`],
    ['where', json, 'string', `${days}&where={"path":1}`],
    ['where', json, 'string', `${days}&where={"path":"a","value":{}}`],
    ['where', json, 'string', `${days}&where={"path":"a","version":"1"}`],
    ['where', json, 'string', `${days}&where={"version":1}`],
    ['where', json, 'string', `${days}&where={"version":"1","value":true}`],
    ['where', json, 'string', `${days}&where={"path":"a","hunter2":1}`],
    ['where', 'at most 8 conditions', 'string', days + '&where={"path":"a"}'.repeat(9)],
  ])('names %s, and not what stood there (%#)', (path, expected, got, search) => {
    const result = parseCountQuery('notes', new URLSearchParams(search));
    expect(result).toEqual({ issues: [{ path, expected, got }] });
  });
});
