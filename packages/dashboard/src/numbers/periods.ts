import type { ActiveResponse } from '@candor/protocol';
import { addDays, dayText, monthOf, monthText, weekOf } from '../calendar.js';

/** How many installations were active in one week or month. */
export interface Period {
  readonly start: string;
  readonly name: string;
  readonly installations: number;
  /** False when the period reaches beyond the last day shown. */
  readonly complete: boolean;
}

/** The ISO weeks that hold a day of the range, oldest first. `days` must begin with a Monday or before. */
export function weeksOf(days: ActiveResponse['days'], from: string, to: string, today: string): Period[] {
  return periods(days, from, to, today, {
    start: weekOf,
    end: (start) => addDays(start, 6),
    name: (start) => `Week of ${dayText(start)}`,
    first: (day) => day.firstOfWeek,
  });
}

/** The months that hold a day of the range, oldest first. `days` must begin with a first of the month or before. */
export function monthsOf(days: ActiveResponse['days'], from: string, to: string, today: string): Period[] {
  return periods(days, from, to, today, {
    start: monthOf,
    end: (start) => addDays(monthOf(addDays(start, 31)), -1),
    name: monthText,
    first: (day) => day.firstOfMonth,
  });
}

interface Kind {
  readonly start: (day: string) => string;
  readonly end: (start: string) => string;
  readonly name: (start: string) => string;
  readonly first: (day: ActiveResponse['days'][number]) => number;
}

function periods(
  days: ActiveResponse['days'],
  from: string,
  to: string,
  today: string,
  kind: Kind,
): Period[] {
  const counts = new Map<string, number>();
  for (const day of days) {
    const start = kind.start(day.day);
    if (start < kind.start(from)) continue;
    counts.set(start, (counts.get(start) ?? 0) + kind.first(day));
  }
  return [...counts].map(([start, installations]) => ({
    start,
    name: kind.name(start),
    installations,
    complete: kind.end(start) <= to && kind.end(start) < today,
  }));
}
