import { type CountQuery, dayNumber } from '@candor/protocol';
import { describe, expect, it } from 'vitest';
import { type CountedDay, type CountReader, countStored, type StoredDay } from '../src/count-stored.js';

interface Row {
  readonly version: string;
  readonly count: number;
}

const number = (day: string): number => dayNumber(`2026-11-${day}`);
const open = (day: string): StoredDay => ({ day: number(day), state: 0, configurations: 0 });
const rolledUp = (day: string): StoredDay => ({ day: number(day), state: 1, configurations: 7 });
const expired = (day: string): StoredDay => ({ day: number(day), state: 3, configurations: 7 });

const query: CountQuery = {
  product: 'gateway',
  from: '2026-11-01',
  to: '2026-11-30',
  period: 'day',
  unit: 'reports',
  by: 'version',
};
const rows: readonly Row[] = [
  { version: '1.0.0', count: 2 },
  { version: '2.0.0', count: 3 },
];

function ofPeriod<Row>(some: readonly Row[], period: number): (Row & { readonly period: number })[] {
  return some.map((row) => ({ ...row, period }));
}

/** Counts over some days, and returns the answer and what was read: roll-ups of days, and days from their rows. */
async function counting(
  days: readonly StoredDay[],
  asked: Partial<CountQuery> = {},
  other: Partial<CountReader<StoredDay, Row>> = {},
): Promise<{ periods: readonly unknown[]; read: readonly string[] }> {
  const read: string[] = [];
  const counted: CountedDay<Row> = {
    rows: () => rows,
    configurations: () => 5,
    slice: () => ({ total: 4, parts: [{ version: '2.0.0', count: 4 }] }),
  };
  const { periods } = await countStored(
    { ...query, ...asked },
    { window: 3 },
    {
      days: (from, to) => days.filter(({ day }) => day >= from && day <= to),
      rollUps: (groups, kind) => {
        const numbers = groups.map((some) => some.map(({ day }) => day - number('01') + 1));
        read.push(`${JSON.stringify(numbers)} ${JSON.stringify(kind)}`);
        return numbers.flatMap((some, period) => (some.length === 0 ? [] : ofPeriod(rows, period)));
      },
      meeting: (found, condition) =>
        found.filter(({ version }) => 'version' in condition && condition.version === version),
      cross: () => undefined,
      async withRows({ day }, kinds, use) {
        read.push(`rows of ${day - number('01') + 1} for ${kinds.join()}`);
        await use(counted);
      },
      names: (found) => found.map(({ version, count }) => ({ version, count })),
      ...other,
    },
  );
  return { periods, read };
}

describe('counting stored days', () => {
  it('reads the days of a period that were rolled up at once, and each open one from its rows', async () => {
    const { periods, read } = await counting([rolledUp('02'), rolledUp('03'), open('04'), open('05')], {
      period: 'month',
    });
    expect(read).toEqual([
      '[[2,3]] "version"',
      'rows of 4 for flags,versions',
      'rows of 5 for flags,versions',
    ]);
    const counts = [
      { version: '2.0.0', count: 9 },
      { version: '1.0.0', count: 6 },
    ];
    expect(periods).toEqual([
      {
        firstDay: '2026-11-01',
        lastDay: '2026-11-30',
        total: 15,
        configurations: null,
        counts,
        complete: true,
      },
    ]);
  });

  it('reads the roll-ups of all periods at once, and totals apart from facts, of which a report has many', async () => {
    const { periods, read } = await counting([rolledUp('02'), rolledUp('03'), open('04')], { by: 'path' });
    expect(read).toEqual(['[[2],[3],[]] "nothing"', '[[2],[3],[]] "path"', 'rows of 4 for flags,facts']);
    expect(periods).toMatchObject([{ total: 5 }, { total: 5 }, { total: 5 }]);
  });

  it('knows the configurations of a day alone', async () => {
    const { periods } = await counting([rolledUp('02'), open('03')], { by: 'nothing' });
    expect(periods).toMatchObject([{ configurations: 7 }, { configurations: 5 }]);
    const sliced = await counting([open('03')], { by: 'nothing', where: [{ version: '1.0.0' }] });
    expect(sliced.periods).toMatchObject([{ configurations: null, total: 2 }]);
  });

  it('leaves out what is empty', async () => {
    expect((await counting([])).periods).toEqual([]);
    expect((await counting([rolledUp('02')], {}, { rollUps: () => [] })).periods).toEqual([]);
  });

  it('takes from roll-ups the versions of a range, and those of the reports that say something at a path', async () => {
    const range = await counting([rolledUp('02')], { where: [{ version: '2.0.0' }] });
    expect(range.read).toEqual(['[[2]] "version"']);
    expect(range.periods).toMatchObject([{ total: 3, counts: [{ version: '2.0.0', count: 3 }] }]);
    const presence = await counting([rolledUp('02'), open('03')], { where: [{ path: 'api' }] });
    expect(presence.read).toEqual([
      '[[2],[]] {"versionsAt":"api"}',
      'rows of 3 for flags,versions,facts,paths',
    ]);
    expect(presence.periods).toMatchObject([{ total: 5 }, { total: 5 }]);
  });

  const sliced = { where: [{ version: '2.0.0' }, { path: 'api' }] };

  it('counts other conditions from rows, while a day and those before it in the window have them', async () => {
    const days = [expired('01'), expired('02'), rolledUp('05'), rolledUp('06'), open('07')];
    const { periods, read } = await counting(days, sliced);
    expect(read).toEqual(['rows of 6 for flags,versions,facts', 'rows of 7 for flags,versions,facts']);
    expect(periods).toMatchObject([
      { firstDay: '2026-11-01', total: 0, complete: false },
      { firstDay: '2026-11-02', complete: false },
      { firstDay: '2026-11-05', complete: false },
      { firstDay: '2026-11-06', total: 4, complete: true },
      { firstDay: '2026-11-07', total: 4, complete: true },
    ]);
  });

  it('reads no rows where only kept counts are asked for', async () => {
    const { periods, read } = await counting([rolledUp('06'), open('07')], { ...sliced, keptOnly: true });
    expect(read).toEqual([]);
    expect(periods).toMatchObject([{ complete: false }, { complete: false }]);
  });

  it('takes a cross that was kept, also of a day without rows', async () => {
    const cross: Row[] = [{ version: '1.0.0', count: 1 }];
    const where = [{ path: 'api', value: true }];
    const { periods, read } = await counting(
      [expired('02')],
      { where },
      { cross: () => cross, meeting: (found) => found.slice(1) },
    );
    expect(read).toEqual(['[[2]] "path"']);
    expect(periods).toMatchObject([{ total: 3, counts: cross, complete: true }]);
  });

  it('sums more parts than a call takes arguments', async () => {
    const many = Array.from({ length: 200_000 }, (_, at) => ({ version: `1.${at % 1000}.0`, count: 1 }));
    const { periods } = await counting([rolledUp('02')], {}, { rollUps: () => ofPeriod(many, 0) });
    const [{ total, counts }] = periods as [{ total: number; counts: readonly Row[] }];
    expect([total, counts.length, counts[0]]).toEqual([200_000, 1_000, { version: '1.0.0', count: 200 }]);
  });
});
