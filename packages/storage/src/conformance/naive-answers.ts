import type { ActiveDay, DayRange, FactCounts, FactRange, ProductDays, VersionCount } from '../answers.js';
import { dayNumber } from '@candor/protocol';
import type { FactValue, ReportRecord } from '../record.js';

/** The contract's answers, computed from all rows in the order in which they were appended, the slow and plain way. */
export function naiveAnswers(
  rows: readonly ReportRecord[],
  window: number,
): {
  products(): ProductDays[];
  active(range: DayRange): ActiveDay[];
  versions(range: DayRange): VersionCount[];
  facts(range: FactRange): FactCounts;
} {
  const counted = rows.filter((row, at) => {
    const before = (other: ReportRecord, index: number): boolean => {
      const days = dayNumber(row.day) - dayNumber(other.day);
      const same = other.id === row.id && other.product === row.product;
      return same && (days === 0 ? index < at : days > 0 && days <= window);
    };
    return !rows.some(before);
  });
  const within = ({ product, from, to }: DayRange): ReportRecord[] =>
    counted.filter((row) => row.product === product && from <= row.day && row.day <= to);
  const tally = <Key>(
    items: readonly Key[],
    keyOf: (item: Key) => string,
  ): { item: Key; count: number }[] => {
    const found = new Map<string, { item: Key; count: number }>();
    for (const item of items) {
      const entry = found.get(keyOf(item)) ?? { item, count: 0 };
      entry.count += 1;
      found.set(keyOf(item), entry);
    }
    return [...found.values()];
  };
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const json = (value: FactValue): string => JSON.stringify(value);

  return {
    products: () =>
      tally(rows, ({ product }) => product)
        .map(({ item: { product } }) => {
          const days = rows
            .filter((row) => row.product === product)
            .map(({ day }) => day)
            .toSorted(order);
          return { product, firstDay: days[0] ?? '', lastDay: days.at(-1) ?? '' };
        })
        .toSorted((a, b) => order(a.product, b.product)),
    active: (range) =>
      tally(within(range), ({ day }) => day)
        .map(({ item: { day }, count }) => {
          const ofDay = within({ ...range, from: day, to: day });
          const firstOf = (period: 'day' | 'week' | 'month'): number =>
            ofDay.filter(({ first }) => first[period]).length;
          return {
            day,
            reports: count,
            firstOfDay: firstOf('day'),
            firstOfWeek: firstOf('week'),
            firstOfMonth: firstOf('month'),
          };
        })
        .toSorted((a, b) => order(a.day, b.day)),
    versions: (range) =>
      tally(within(range), ({ day, version }) => `${day} ${version}`)
        .map(({ item: { day, version }, count }) => ({ day, version, count }))
        .toSorted((a, b) => order(a.day, b.day) || order(a.version, b.version)),
    facts(range) {
      const reports = within(range);
      const { path: above } = range;
      const facts = tally(
        reports.flatMap(({ content }) => content.facts),
        ({ path, value }) => `${path} ${json(value)}`,
      )
        .map(({ item: { path, value }, count }) => ({ path, value, count }))
        .filter(
          ({ path }) =>
            above === undefined ||
            path === above ||
            path.startsWith(`${above}.`) ||
            path.startsWith(`${above}[`),
        )
        .toSorted(
          (a, b) => b.count - a.count || order(a.path, b.path) || order(json(a.value), json(b.value)),
        );
      return { reports: reports.length, facts };
    },
  };
}
