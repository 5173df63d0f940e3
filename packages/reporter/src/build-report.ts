import { type Age, defaultLimits, parseReport, type Report } from '@candor/protocol';
import { releaseOf } from './consent/version.js';
import { ReporterError } from './errors.js';
import { periodsOf } from './schedule/calendar.js';
import { reportKeys } from './state/keys.js';
import type { Pending, State } from './state/state.js';
import type { ReporterOptions } from './reporter-options.js';

/** A report that is ready to be kept as pending. */
export type Built = Pick<Pending, 'id' | 'text' | 'features' | 'comparison'>;

/** What a report is made of beside the state. */
export interface BuildContext {
  readonly options: Pick<ReporterOptions, 'product' | 'version' | 'fields' | 'buildContent'>;
  readonly endpoint: string;
  readonly now: number;
}

const day = 24 * 3_600_000;

/** Makes the next report of a state; rejects when the host's content does, or is no content for a report. */
export async function buildReport(state: State, context: BuildContext): Promise<Built> {
  const { options, endpoint, now } = context;
  const today = periodsOf(now);
  const content = await options.buildContent(reportKeys(state, today.day, options.product, endpoint));
  const comparison = content.comparison.slice(0, 2);
  const { accepted, features } = state;
  const before = accepted === null ? undefined : periodsOf(accepted);
  const report: Report = {
    format: 1,
    id: state.nextId,
    product: options.product,
    version: releaseOf(options.version),
    fields: options.fields.digest,
    hash: content.hash,
    changed: state.comparison.digest === null ? null : state.comparison.digest !== comparison,
    first: {
      day: before === undefined || today.day > before.day,
      week: before === undefined || today.week > before.week,
      month: before === undefined || today.month > before.month,
    },
    age: ageOf(now - state.created),
    configuration: content.configuration,
    ...(content.facts === undefined ? {} : { facts: content.facts }),
    ...(features.length === 0 ? {} : { features: features.toSorted() }),
  };
  return { id: report.id, text: reportText(report), features, comparison };
}

/** Writes down a report that a collector will take; throws `ERR_REPORT_INVALID` on any other value. */
export function reportText(value: unknown): string {
  const text = JSON.stringify(value);
  const { issues } = parseReport(JSON.parse(text) as unknown);
  const wrong = issues?.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`) ?? [];
  if (Buffer.byteLength(text) > defaultLimits.inflatedBytes) {
    wrong.push(`report: expected at most ${defaultLimits.inflatedBytes} bytes`);
  }
  if (wrong.length > 0) throw new ReporterError('ERR_REPORT_INVALID', wrong.join('; '));
  return text;
}

function ageOf(elapsed: number): Age {
  if (elapsed < day) return 'day';
  if (elapsed < 7 * day) return 'week';
  if (elapsed < 30 * day) return 'month';
  return elapsed < 365 * day ? 'year' : 'older';
}
