import { createHash } from 'node:crypto';
import { dayFromNumber, dayNumber } from '@candor/protocol';
import type { Content, Fact, ReportRecord } from '../record.js';

/** Any Monday; samples count days from here. */
const firstDay = dayNumber('2026-03-02');

/** The sample day with this number. */
export function sampleDay(number: number): string {
  return dayFromNumber(firstDay + number);
}

/** The UUID with this number. */
export function sampleId(number: number): string {
  const hash = createHash('sha256').update(`report ${number}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** Content that says these facts. */
export function sampleContent(facts: readonly Fact[]): Content {
  const text = JSON.stringify(facts);
  return { text, facts, digest: createHash('sha256').update(text).digest('hex') };
}

/** A record with this id on this day; everything else as usual unless given. */
export function sampleRecord(id: number, day: number, other: Partial<ReportRecord> = {}): ReportRecord {
  return {
    product: 'gateway',
    day: sampleDay(day),
    id: sampleId(id),
    version: '1.0.0',
    hash: createHash('sha256').update(`hash ${id}`).digest('hex').slice(0, 32),
    changed: null,
    first: { day: true, week: false, month: false },
    age: 'week',
    content: sampleContent([{ path: 'providers.docker', value: true }]),
    ...other,
  };
}

/** Whole numbers from 0 up to `below`, the same sequence for the same seed (mulberry32). */
export function sampleRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
