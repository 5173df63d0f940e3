import { dayOf, installationsOf, type Period, periodOf } from '@candor/protocol';
import type { Part } from './run-fleet.js';
import { days, start } from './world.js';

const day = 24 * 3_600_000;

/** The farthest that a count is from the truth, in both directions, as shares of it. */
export interface Errors {
  readonly least: number;
  readonly most: number;
}

/** How far from the truth a collector counts the installations of each day, week or month. */
export interface FirstErrors {
  /** By the reports that say they are the first of the period. */
  readonly flags: Errors;
  /** By those, and at least as many as on the busiest day of the period. */
  readonly counted: Errors;
}

/** Compares what a fleet's flags say with the installations that reported. */
export function countFirsts(parts: readonly Part[], period: Period): FirstErrors {
  const daysOf = new Map<string, number[]>();
  for (let at = 0; at < days; at += 1) {
    const name = periodOf(period, dayOf(start + at * day));
    daysOf.set(name, [...(daysOf.get(name) ?? []), at]);
  }
  const sumOf = (read: (part: Part) => number): number => parts.reduce((sum, part) => sum + read(part), 0);
  const found = [...daysOf].flatMap(([name, members]) => {
    const truth = sumOf((part) => part.installations[period][name] ?? 0);
    const firsts = members.map((at) => sumOf((part) => part.firsts[at]![period]));
    const daily = members.map((at) => sumOf((part) => part.firsts[at]!.day));
    const flags = firsts.reduce((sum, one) => sum + one, 0);
    return truth === 0 ? [] : [[flags / truth - 1, installationsOf(flags, daily) / truth - 1] as const];
  });
  return { flags: errorsOf(found.map(([one]) => one)), counted: errorsOf(found.map(([, one]) => one)) };
}

function errorsOf(values: readonly number[]): Errors {
  return { least: Math.min(...values), most: Math.max(...values) };
}

/** Writes errors as percentages. */
export function errorText({ least, most }: Errors): string {
  const percent = (value: number): string =>
    `${value < 0 ? '−' : '+'}${(Math.abs(value) * 100).toFixed(1)} %`;
  return `${percent(least)} to ${percent(most)}`;
}
