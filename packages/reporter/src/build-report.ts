import { type Age, defaultLimits, parseReport, type Report } from '@candor/protocol';
import { ReporterError } from './errors.js';
import type { ReporterOptions } from './reporter-options.js';
import { firstFlags } from './schedule/first-flags.js';
import type { InstallationTime } from './schedule/installation-time.js';
import { type ReportSecrets, reportKeys } from './state/keys.js';
import { type Pending, reportId, type State } from './state/state.js';

/** A report that is ready to be kept as pending. */
export type Built = Pick<
  Pending,
  'id' | 'secret' | 'text' | 'made' | 'madeElapsed' | 'features' | 'comparison'
>;

/** What `buildReport` needs beside the state. */
export interface BuildContext {
  readonly options: Pick<ReporterOptions, 'product' | 'fields' | 'buildContent'>;
  readonly version: string;
  readonly endpoint: string;
  readonly time: InstallationTime;
  readonly secrets: ReportSecrets;
  /** False if the state ends with the process: such a report never claims to be the first of its day, week or month. */
  readonly isLasting: boolean;
}

const day = 24 * 3_600_000;

/**
 * Builds the next report from a state; rejects if the host's content does, or if that content is not valid in a report.
 */
export async function buildReport(state: State, context: BuildContext): Promise<Built> {
  const { options, endpoint, time, secrets, isLasting } = context;
  const keys = reportKeys(secrets.hash, state.comparison.secret, options.product, endpoint);
  const content = await options.buildContent(keys);
  const comparison = content.comparison.slice(0, 2);
  const { features } = state;
  const report: Report = {
    format: 1,
    id: reportId(secrets.id),
    product: options.product,
    version: context.version,
    fields: options.fields.digest,
    hash: content.hash,
    changed: state.comparison.digest === null ? null : state.comparison.digest !== comparison,
    first: isLasting ? firstFlags(state.told, time) : { day: false, week: false, month: false },
    age: ageOf(time.elapsed),
    configuration: content.configuration,
    ...(content.facts === undefined ? {} : { facts: content.facts }),
    ...(features.length === 0 ? {} : { features: features.toSorted() }),
  };
  return {
    id: report.id,
    secret: secrets.id,
    text: reportText(report),
    made: time.wall,
    madeElapsed: time.elapsed,
    features,
    comparison,
  };
}

/** Returns a report as JSON text; throws `ERR_REPORT_INVALID` if a collector would refuse it. */
export function reportText(value: unknown): string {
  const text = JSON.stringify(value);
  const { issues } = parseReport(JSON.parse(text) as unknown);
  const wrong =
    issues?.map(({ path, expected, got }) => `${path || 'report'}: expected ${expected}, got ${got}`) ?? [];
  if (Buffer.byteLength(text) > defaultLimits.inflatedBytes) {
    wrong.push(`report: expected at most ${defaultLimits.inflatedBytes} bytes`);
  }
  if (wrong.length > mostShown) wrong.splice(mostShown, Infinity, `and ${wrong.length - mostShown} more`);
  if (wrong.length > 0) throw new ReporterError('ERR_REPORT_INVALID', wrong.join('; '));
  return text;
}

/** How many problems of an invalid report the message names. */
const mostShown = 3;

function ageOf(elapsed: number): Age {
  if (elapsed < day) return 'day';
  if (elapsed < 7 * day) return 'week';
  if (elapsed < 30 * day) return 'month';
  return elapsed < 365 * day ? 'year' : 'older';
}
