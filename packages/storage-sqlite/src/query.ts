import { dayFromNumber, dayNumber } from '@candor/protocol';
import {
  type ActiveDay,
  type DayRange,
  type FactCounts,
  type FactRange,
  type FactValue,
  type ProductDays,
  type VersionCount,
} from '@candor/storage';
import { counted, factCounts, flagCounts, versionCounts } from './counted.js';
import type { Database } from './database.js';
import { flagBits } from './flags.js';

/** Answers questions from roll-ups where a day has one, else from the log. */
export interface Queries {
  products(): ProductDays[];
  active(range: DayRange): ActiveDay[];
  versions(range: DayRange): VersionCount[];
  facts(range: FactRange): FactCounts;
}

/** Creates the reader; `window` is in days. */
export function createQueries(database: Database, window: number): Queries {
  const productId = database.prepare('SELECT id FROM product WHERE name = ?');
  const productDays = database.prepare(
    `SELECT name AS product, min(day) AS firstDay, max(day) AS lastDay
     FROM day JOIN product ON product.id = day.product GROUP BY name ORDER BY name`,
  );
  const openDays = database.prepare(
    'SELECT day FROM day WHERE state = 0 AND product = ? AND day BETWEEN ? AND ?',
  );
  const prepare = (table: string, column: string, counts: string, group = 'day') => ({
    // An open day may still have the roll-up of when it was closed.
    rolledUp: database.prepare(
      `SELECT day, ${column} AS "key", sum(count) AS count FROM ${table}
       WHERE product = ? AND day BETWEEN ? AND ?
         AND day NOT IN (SELECT day FROM day WHERE state = 0 AND product = ${table}.product)
       GROUP BY ${group}, ${column}`,
    ),
    live: database.prepare(`WITH ${counted} SELECT :day AS day, ${column} AS "key", count FROM (${counts})`),
  });
  const flags = prepare('flags_roll_up', 'flags', flagCounts);
  const versions = prepare('version_roll_up', 'version', versionCounts);
  // Summed over the days here: a year of days has many times more rows than there are facts.
  const facts = prepare('fact_roll_up', 'fact', factCounts, 'product');
  const versionName = database.prepare('SELECT name FROM version WHERE id = ?');
  const factText = database.prepare('SELECT path, value FROM fact WHERE id = ?');

  const read = ({ rolledUp, live }: typeof flags, { product, from, to }: DayRange): Count[] => {
    const found = productId.get(product) as { id: number } | undefined;
    if (found === undefined) return [];
    const range = [found.id, dayNumber(from), dayNumber(to)] as const;
    const counts = rolledUp.all(...range) as unknown as Count[];
    for (const { day } of openDays.all(...range) as unknown as { day: number }[]) {
      const rows = live.all({ product: found.id, day, early: day - window });
      counts.push(...(rows as unknown as Count[]));
    }
    return counts;
  };

  return {
    products: () =>
      (productDays.all() as unknown as { product: string; firstDay: number; lastDay: number }[]).map(
        ({ product, firstDay, lastDay }) => ({
          product,
          firstDay: dayFromNumber(firstDay),
          lastDay: dayFromNumber(lastDay),
        }),
      ),
    active(range) {
      const days = new Map<number, Sums>();
      for (const { day, key, count } of read(flags, range)) {
        const sums = days.get(day) ?? emptyDay(day);
        days.set(day, sums);
        sums.reports += count;
        if (key & flagBits.firstOfDay) sums.firstOfDay += count;
        if (key & flagBits.firstOfWeek) sums.firstOfWeek += count;
        if (key & flagBits.firstOfMonth) sums.firstOfMonth += count;
      }
      return [...days.values()].toSorted((a, b) => compare(a.day, b.day));
    },
    versions: (range) =>
      read(versions, range)
        .map(({ day, key, count }) => ({
          day: dayFromNumber(day),
          version: (versionName.get(key) as { name: string }).name,
          count,
        }))
        .toSorted((a, b) => compare(a.day, b.day) || compare(a.version, b.version)),
    facts(range) {
      const totals = new Map<number, number>();
      for (const { key, count } of read(facts, range)) totals.set(key, (totals.get(key) ?? 0) + count);
      const found = [...totals]
        .map(([fact, count]) => ({ ...(factText.get(fact) as { path: string; value: string }), count }))
        .filter(({ path }) => isAtOrBelow(path, range.path))
        .toSorted((a, b) => b.count - a.count || compare(a.path, b.path) || compare(a.value, b.value));
      return {
        reports: read(flags, range).reduce((sum, { count }) => sum + count, 0),
        facts: found.map(({ path, value, count }) => ({
          path,
          value: JSON.parse(value) as FactValue,
          count,
        })),
      };
    },
  };
}

type Sums = { -readonly [Key in keyof ActiveDay]: ActiveDay[Key] };

interface Count {
  readonly day: number;
  readonly key: number;
  readonly count: number;
}

function emptyDay(day: number): Sums {
  return { day: dayFromNumber(day), reports: 0, firstOfDay: 0, firstOfWeek: 0, firstOfMonth: 0 };
}

function isAtOrBelow(path: string, above: string | undefined): boolean {
  if (above === undefined || path === above) return true;
  return path.startsWith(above) && /^[.[]/.test(path.slice(above.length));
}

/** By code unit: the same order on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
