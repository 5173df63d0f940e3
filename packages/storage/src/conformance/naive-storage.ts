import type { Count, CountPeriod, CountQuery, CountResult } from '@candor/protocol';
import { type CountingRules, defaultRules } from '../counting-rules.js';
import type { ProductDays, Question } from '../question.js';
import { compareText, daysAsked, groupByPeriod, isAtOrBelow, sortCounts } from '../count-periods.js';
import type { ReportRecord } from '../record.js';
import type { Maintenance, MaintenanceResult } from '../storage.js';
import { addDays } from '@candor/protocol';
import { versionRange } from '../version-range.js';
import {
  type CountedReport,
  countedReport,
  countedRows,
  type Kept,
  keptOf,
  withoutPath,
} from './naive-day.js';

interface NaiveDay {
  readonly product: string;
  readonly day: string;
  state: 'open' | 'rolled-up' | 'closed' | 'expired';
  /** Set by the last roll-up. */
  rolledUp?: { reports: readonly CountedReport[]; questions: readonly Question[]; kept: Kept };
}

/** The contract in memory, in the simplest way; an adapter must give the same results. */
export interface NaiveStorage {
  append(batch: readonly ReportRecord[]): void;
  count(query: CountQuery): CountResult;
  products(): ProductDays[];
  maintain(maintenance: Maintenance): MaintenanceResult;
  forget(id: string): void;
  forgetPath(product: string, path: string): void;
  /** Returns true if a row of this day would be accepted. */
  takes(product: string, day: string): boolean;
}

/** Creates an empty naive store. */
export function createNaiveStorage(given: Partial<CountingRules> = {}): NaiveStorage {
  const rules = { ...defaultRules, ...given };
  let rows: ReportRecord[] = [];
  const days: NaiveDay[] = [];
  const maintained = new Set<string>();
  const daysSince = (day: string): number => [...maintained].filter((today) => today > day).length;
  const find = (product: string, day: string): NaiveDay | undefined =>
    days.find((one) => one.product === product && one.day === day);
  const takes = (product: string, day: string): boolean => {
    const state = find(product, day)?.state ?? (daysSince(day) > rules.window ? 'closed' : 'open');
    return state === 'open' || state === 'rolled-up';
  };
  const near = (day: NaiveDay, from: number, to: number): NaiveDay[] =>
    days.filter(
      (other) =>
        other.product === day.product &&
        other !== day &&
        addDays(day.day, from) <= other.day &&
        other.day <= addDays(day.day, to),
    );
  const counted = ({ product, day }: NaiveDay): ReportRecord[] => countedRows(rows, product, day, rules);

  /** Returns the reports of a day that a query may read; undefined if they have expired. */
  const reportsFor = (day: NaiveDay, query: CountQuery): readonly CountedReport[] | undefined => {
    const { state, rolledUp } = day;
    if (rolledUp !== undefined && state !== 'open' && isRolledUp(query, rolledUp.questions)) {
      return rolledUp.reports;
    }
    if (query.keptOnly === true && (query.where ?? []).length > 0 && !isCountedAlone(query)) return undefined;
    if (state === 'expired' || near(day, -rules.window, -1).some((one) => one.state === 'expired')) {
      return state === 'open' ? live(day) : undefined;
    }
    return state === 'open' || rolledUp === undefined
      ? live(day)
      : counted(day).map((row) => countedReport(row, rolledUp.kept));
  };
  const live = (day: NaiveDay): CountedReport[] => {
    const found = counted(day);
    return found.map((row) => countedReport(row, keptOf(found, rules)));
  };

  return {
    takes,
    append(batch) {
      for (const row of batch) {
        const day = find(row.product, row.day);
        if (day === undefined) days.push({ product: row.product, day: row.day, state: 'open' });
        else day.state = 'open';
        rows.push(row);
      }
    },
    count(query) {
      const { firstDay, lastDay } = daysAsked(query);
      const asked = days.filter(
        ({ product, day }) => product === query.product && firstDay <= day && day <= lastDay,
      );
      const periods = groupByPeriod(query, asked).map((group): CountPeriod => {
        const found = group.days.map((day) => reportsFor(day, query));
        const reports = found.flatMap((some) => some ?? []).filter((report) => matches(report, query));
        return {
          firstDay: group.firstDay,
          lastDay: group.lastDay,
          total: reports.length,
          configurations:
            query.period === 'day' && (query.where ?? []).length === 0
              ? new Set(found.flatMap((some) => some ?? []).map(({ record }) => record.content.digest)).size
              : null,
          counts: countBy(reports, query),
          complete: !found.includes(undefined),
        };
      });
      return { periods: periods.filter(({ total, complete }) => total > 0 || !complete) };
    },
    products() {
      const names = [...new Set(days.map(({ product }) => product))].toSorted(compareText);
      return names.map((product) => {
        const own = days
          .filter((day) => day.product === product)
          .map(({ day }) => day)
          .toSorted(compareText);
        return { product, firstDay: own[0] ?? '', lastDay: own.at(-1) ?? '' };
      });
    },
    maintain({ today, retention, questions = [] }) {
      maintained.add(today);
      let [rolledUp, expired] = [0, 0];
      for (const day of days.filter((one) => one.state === 'open' && one.day < today)) {
        const found = counted(day);
        const kept = keptOf(found, rules);
        day.rolledUp = {
          kept,
          reports: found.map((row) => countedReport(row, kept)),
          questions: questions.filter(({ product }) => product === day.product),
        };
        day.state = 'rolled-up';
        rolledUp += 1;
      }
      for (const day of days) {
        if (day.state === 'rolled-up' && daysSince(day.day) > rules.window) day.state = 'closed';
      }
      for (const day of days) {
        const isNeeded = near(day, 1, rules.window).some(
          ({ state }) => state === 'open' || state === 'rolled-up',
        );
        if (day.state !== 'closed' || daysSince(day.day) <= retention || isNeeded) continue;
        rows = rows.filter((row) => row.product !== day.product || row.day !== day.day);
        day.state = 'expired';
        expired += 1;
      }
      return { rolledUp, expired };
    },
    forget(id) {
      rows = rows.filter((row) => row.id !== id);
    },
    forgetPath(product, path) {
      rows = rows.map((row) =>
        row.product !== product
          ? row
          : {
              ...row,
              content: {
                ...row.content,
                facts: row.content.facts.filter((fact) => !isAtOrBelow(fact.path, path)),
              },
            },
      );
      for (const day of days) {
        if (day.product !== product || day.rolledUp === undefined) continue;
        day.rolledUp.reports = day.rolledUp.reports.map((report) => withoutPath(report, path));
      }
    },
  };
}

/** Returns true if roll-ups alone can answer a query. */
function isRolledUp({ where = [], by, path }: CountQuery, questions: readonly Question[]): boolean {
  const [condition, more] = where;
  if (condition === undefined) return true;
  if (more !== undefined) return false;
  if (isCountedAlone({ where, by })) return true;
  const isVersion = 'version' in condition;
  if (!isVersion && condition.value === undefined) return false;
  const isOn = (asked: string | undefined, side: string): boolean =>
    side === '*' || (asked !== undefined && isAtOrBelow(asked, side));
  return questions.some(({ paths: [first, second] }) => {
    if (by === 'version') return second === undefined && !isVersion && isOn(condition.path, first);
    if (by !== 'path') return false;
    if (isVersion) return second === undefined && isOn(path, first);
    if (second === undefined) return false;
    return (
      (isOn(condition.path, first) && isOn(path, second)) ||
      (isOn(condition.path, second) && isOn(path, first))
    );
  });
}

/** Returns true for a single condition whose reports are counted for every version, value and path, and kept. */
function isCountedAlone({ where = [], by }: Pick<CountQuery, 'where' | 'by'>): boolean {
  const [condition, more] = where;
  if (condition === undefined || more !== undefined) return false;
  if (by === 'nothing') return true;
  return by === 'version' && ('version' in condition || condition.value === undefined);
}

function matches(
  { record, version, facts }: CountedReport,
  { unit, period, where = [] }: CountQuery,
): boolean {
  if (unit === 'installations' && !record.first[period]) return false;
  return where.every((condition) => {
    if ('version' in condition) return versionRange(condition.version)(version);
    const { path, value } = condition;
    return value === undefined
      ? [...facts.values()].some((fact) => fact.path === path)
      : facts.has(JSON.stringify([path, value]));
  });
}

function countBy(reports: readonly CountedReport[], { by, path }: CountQuery): Count[] {
  const tally = new Map<string, { part: object; count: number }>();
  const add = (part: object): void => {
    const key = JSON.stringify(part);
    tally.set(key, { part, count: (tally.get(key)?.count ?? 0) + 1 });
  };
  for (const { record, version, facts } of reports) {
    if (by === 'version') add({ version });
    if (by === 'age') add({ age: record.age });
    if (by === 'changed') add({ changed: record.changed });
    if (by !== 'path') continue;
    for (const fact of facts.values()) if (isAtOrBelow(fact.path, path)) add(fact);
  }
  return sortCounts([...tally.values()].map(({ part, count }) => ({ ...part, count }) as Count));
}
