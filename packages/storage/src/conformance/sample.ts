import type { Count, CountQuery, FactValue } from '@candor/protocol';
import { createHash } from 'node:crypto';
import { dayFromNumber, dayNumber } from '@candor/protocol';
import type { Content, Fact, ReportRecord } from '../record.js';
import type { Storage } from '../storage.js';

/** An arbitrary Monday; samples count days from it. */
const firstDay = dayNumber('2026-03-02');

/** Returns the sample day with this number. */
export function sampleDay(number: number): string {
  return dayFromNumber(firstDay + number);
}

/** Returns the report id with this number. */
export function sampleId(number: number): string {
  return createHash('sha256').update(`report ${number}`).digest('hex');
}

/** Returns a fact that the field list names. */
export function sampleFact(path: string, value: FactValue = true, free = false): Fact {
  return { path, value, free };
}

/** Returns content with these facts. */
export function sampleContent(facts: readonly Fact[]): Content {
  return { facts, digest: createHash('sha256').update(JSON.stringify(facts)).digest('hex') };
}

/** Returns a record with this id on this day; everything else has a default. */
export function sampleRecord(id: number, day: number, other: Partial<ReportRecord> = {}): ReportRecord {
  return {
    product: 'gateway',
    day: sampleDay(day),
    id: sampleId(id),
    version: '1.0.0',
    versionListed: true,
    hash: createHash('sha256').update(`hash ${id}`).digest('hex').slice(0, 32),
    changed: null,
    first: { day: true, week: false, month: false },
    age: 'week',
    counted: true,
    network: 1 + id,
    content: sampleContent([sampleFact('providers.docker')]),
    ...other,
  };
}

/** Returns a query for the reports of the sample product's first week by day, with changes. */
export function sampleQuery(other: Partial<CountQuery> = {}): CountQuery {
  return {
    product: 'gateway',
    from: sampleDay(0),
    to: sampleDay(6),
    period: 'day',
    unit: 'reports',
    by: 'nothing',
    ...other,
  };
}

/** Returns the totals of the sample query by day. */
export async function totals(
  storage: Storage,
  other: Partial<CountQuery> = {},
): Promise<(readonly [string, number])[]> {
  const { periods } = await storage.count(sampleQuery(other));
  return periods.map(({ firstDay: day, total }) => [day, total] as const);
}

/** Returns the parts of the sample query's week. */
export async function parts(storage: Storage, other: Partial<CountQuery>): Promise<readonly Count[]> {
  const { periods } = await storage.count(sampleQuery({ period: 'week', ...other }));
  return periods[0]?.counts ?? [];
}

/** Returns whole numbers from 0 up to `below`, the same sequence for the same seed (mulberry32). */
export function sampleRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
