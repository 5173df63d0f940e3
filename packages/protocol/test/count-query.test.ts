import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, type CountQuery, formatCountQuery, parseCountQuery } from '../src/index.js';

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ path: fc.string() }),
  fc.record({ path: fc.string(), value: fc.constantFrom(null, true, false, 7, 'a=b&c"') }),
  fc.record({ version: fc.string() }),
);

describe('a count query', () => {
  it('comes back from its query string as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('day', 'week', 'month'),
        fc.constantFrom('installations', 'reports'),
        fc.constantFrom('nothing', 'version', 'path', 'age', 'changed'),
        fc.array(condition, { maxLength: 8 }),
        (period, unit, by, where) => {
          const query = {
            product: 'notes',
            from: '2026-01-01',
            to: '2026-01-31',
            period,
            unit,
            by,
            where,
          } as CountQuery;
          const search = new URLSearchParams(formatCountQuery(query));
          expect(parseCountQuery('notes', search)).toEqual({ query: { ...query, path: undefined } });
        },
      ),
    );
  });

  it('has usual values', () => {
    const search = new URLSearchParams('from=2026-01-01&to=2026-01-01');
    expect(parseCountQuery('notes', search)).toMatchObject({
      query: { period: 'day', unit: 'installations', by: 'nothing', where: [], path: undefined },
    });
  });

  it.each([
    ['from', 'to=2026-01-01'],
    ['to', 'from=2026-01-02&to=2026-01-01'],
    ['from', 'from=2026-02-30&to=2026-03-01'],
    ['period', 'from=2026-01-01&to=2026-01-01&period=year'],
    ['unit', 'from=2026-01-01&to=2026-01-01&unit=hunter2'],
    ['by', 'from=2026-01-01&to=2026-01-01&by=hash'],
    ['where', 'from=2026-01-01&to=2026-01-01&where=hunter2'],
    ['where', 'from=2026-01-01&to=2026-01-01&where={"path":1}'],
    ['where', 'from=2026-01-01&to=2026-01-01&where={"path":"a","value":{}}'],
    ['where', 'from=2026-01-01&to=2026-01-01&where={"path":"a","version":"1"}'],
    ['where', 'from=2026-01-01&to=2026-01-01&where={"path":"a","hunter2":1}'],
    ['where', `from=2026-01-01&to=2026-01-01${'&where={"path":"a"}'.repeat(9)}`],
  ])('names %s, and not what stood there: %s', (path, search) => {
    const result = parseCountQuery('notes', new URLSearchParams(search));
    expect(result).toMatchObject({
      issues: [{ path, expected: expect.any(String), got: expect.stringMatching(/^(string|undefined)$/) }],
    });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});
