import type { FactValue } from '@candor/protocol';
import { dayNumber } from '@candor/protocol';
import { type CountingRules, otherName } from '../counting-rules.js';
import { compareText, isAtOrBelow } from '../count-periods.js';
import type { Fact, ReportRecord } from '../record.js';

/** A report as it counts: its version and facts by the names that they count by. */
export interface CountedReport {
  readonly record: ReportRecord;
  readonly version: string;
  readonly facts: ReadonlyMap<string, { readonly path: string; readonly value: FactValue }>;
}

/** The versions and facts of a day that count by their name. */
export interface Kept {
  readonly versions: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
}

/**
 * Returns the rows of a product's day that count: each report once, on its first day, unless it is over its network's
 * limit.
 */
export function countedRows(
  rows: readonly ReportRecord[],
  product: string,
  day: string,
  { window }: CountingRules,
): ReportRecord[] {
  const distance = (row: ReportRecord): number => dayNumber(day) - dayNumber(row.day);
  const near = rows.filter((row) => row.product === product && distance(row) >= 0 && distance(row) <= window);
  const today = near.filter((row) => row.day === day);
  return today.filter((row, at) => {
    const repeats = (other: ReportRecord): boolean => other.id === row.id;
    const isFirst = !near.some((other) => other.day !== day && repeats(other));
    return isFirst && !today.slice(0, at).some(repeats) && row.counted;
  });
}

/** Returns which versions and facts of a day's counted rows count by their name. */
export function keptOf(rows: readonly ReportRecord[], rules: CountingRules): Kept {
  const versions = candidates(rows, (row) => [
    { key: row.version, group: '', tie: row.version, named: row.versionListed },
  ]);
  const facts = candidates(rows, (row) =>
    row.content.facts.map((fact) => ({
      key: factKey(fact),
      group: fact.path,
      tie: `${JSON.stringify(fact.value)}\n${fact.free ? 1 : 0}`,
      named: !fact.free,
    })),
  );
  return { versions: keep(versions, rules), facts: keep(facts, rules) };
}

/** Returns a report as it counts. */
export function countedReport(record: ReportRecord, kept: Kept): CountedReport {
  const facts = record.content.facts.map((fact) =>
    kept.facts.has(factKey(fact)) ? fact : { path: fact.path, value: otherName },
  );
  return {
    record,
    version: kept.versions.has(record.version) ? record.version : otherName,
    facts: new Map(facts.map(({ path, value }) => [JSON.stringify([path, value]), { path, value }])),
  };
}

/** Returns a report without the facts at or below a path. */
export function withoutPath(report: CountedReport, path: string): CountedReport {
  return {
    ...report,
    facts: new Map([...report.facts].filter(([, fact]) => !isAtOrBelow(fact.path, path))),
  };
}

function factKey({ path, value, free }: Fact): string {
  return JSON.stringify([path, value, free]);
}

interface Named {
  readonly key: string;
  readonly group: string;
  readonly tie: string;
  readonly named: boolean;
}

interface Candidate extends Named {
  readonly rows: readonly ReportRecord[];
}

function candidates(
  rows: readonly ReportRecord[],
  namesOf: (row: ReportRecord) => readonly Named[],
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const row of rows) {
    for (const name of namesOf(row)) {
      const before = found.get(name.key);
      found.set(name.key, {
        ...name,
        named: name.named || before?.named === true,
        rows: [...(before?.rows ?? []), row],
      });
    }
  }
  return [...found.values()];
}

function keep(all: readonly Candidate[], { networks, values }: CountingRules): Set<string> {
  const eligible = all.filter(
    ({ named, rows }) =>
      named ||
      rows.some(({ network }) => network === null) ||
      new Set(rows.map(({ network }) => network)).size >= networks,
  );
  const kept = eligible.filter((one) => {
    const ahead = eligible.filter(
      (other) =>
        other.group === one.group &&
        (other.rows.length - one.rows.length || compareText(one.tie, other.tie)) > 0,
    );
    return ahead.length < values;
  });
  return new Set(kept.map(({ key }) => key));
}
