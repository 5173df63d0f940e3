import { ReporterError } from './errors.js';
import type { Reporter, ReporterOptions } from './types.js';

/** Creates a reporter; opens nothing before `start`. Throws when nobody decided, or on an unusable endpoint. */
export function createReporter(options: ReporterOptions): Reporter {
  throw new ReporterError('ERR_OFF', `${options.product} is not there yet`);
}
