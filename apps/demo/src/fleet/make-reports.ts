import { randomBytes } from 'node:crypto';
import { createAnonymizer } from '@candor/anonymizer';
import { keyedHash } from '@candor/hasher';
import { addDays, type Age, dayNumber, firstDayOf, periodOf, type Report } from '@candor/protocol';
import { fields } from '@candor/schema';
import { traefikV2, traefikV3 } from '@candor/traefik';
import type { Configuration } from './configurations.js';
import { activeOn, type Installation } from './fleet.js';
import type { Major } from './releases.js';

/** Returns the days since Monday: 0 to 6. */
export function weekday(day: string): number {
  return dayNumber(day) - dayNumber(firstDayOf('week', day));
}

/** The reports of one day. */
export interface DayReports {
  readonly day: string;
  readonly reports: readonly Report[];
}

/**
 * Yields the reports of a fleet, day by day, as its installations would make them: anonymized by the real anonymizer,
 * hashed with a key that is not kept, with flags that follow from the previous report.
 */
export function* makeReports(
  fleet: readonly Installation[],
  firstDay: string,
  days: number,
): Generator<DayReports> {
  const schemas = { 2: prepare(traefikV2), 3: prepare(traefikV3) };
  const last = new Map<Installation, { day: string; major: Major }>();
  for (let index = 0; index < days; index += 1) {
    const day = addDays(firstDay, index);
    const reports = activeOn(fleet, index, weekday(day)).map((one): Report => {
      const { major, version, configuration } = one.on(index);
      const before = last.get(one);
      last.set(one, { day, major });
      return {
        format: 1,
        id: randomBytes(32).toString('hex'),
        product: 'traefik',
        version,
        fields: schemas[major].digest,
        hash: keyedHash(randomBytes(32), configuration),
        changed: before === undefined ? null : before.major !== major,
        first: firstOf(day, before?.day),
        age: ageAfter(index - one.installed),
        configuration: schemas[major].anonymized(configuration),
      };
    });
    yield { day, reports };
  }
}

interface Prepared {
  readonly digest: string;
  readonly anonymized: (configuration: Configuration) => Configuration;
}

function prepare(schema: typeof traefikV2): Prepared {
  const { anonymize } = createAnonymizer(schema);
  const known = new Map<Configuration, Configuration>();
  return {
    digest: fields(schema).digest,
    anonymized(configuration) {
      const found = known.get(configuration) ?? (anonymize(configuration) as Configuration);
      known.set(configuration, found);
      return found;
    },
  };
}

/** Returns the `first` flags of a report, if the previous one was sent on `last`. */
function firstOf(day: string, last: string | undefined): Report['first'] {
  const isFirst = (period: 'day' | 'week' | 'month'): boolean =>
    last === undefined || periodOf(period, last) !== periodOf(period, day);
  return { day: isFirst('day'), week: isFirst('week'), month: isFirst('month') };
}

function ageAfter(days: number): Age {
  if (days < 1) return 'day';
  if (days < 7) return 'week';
  if (days < 30) return 'month';
  return days < 365 ? 'year' : 'older';
}
