import { consentRequired, readConsent } from './consent/resolve-consent.js';
import { createOperator } from './operator.js';
import { createCore } from './run/core.js';
import { createScheduler } from './run/scheduler.js';
import type { ReporterOptions } from './reporter-options.js';
import type { Reporter } from './reporter.js';

/**
 * Creates a reporter; opens nothing before `start`. Throws `ERR_CONSENT_REQUIRED` when nobody decided,
 * `ERR_PRODUCT_INVALID`, `ERR_CONSENT_INVALID` or `ERR_ENDPOINT_INVALID` on options that cannot be used.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const core = createCore(options);
  // Continuous integration reports nothing, but it decides nothing either: a choice that is missing shows there too.
  const isDecided =
    readConsent(options.consent) !== undefined || core.decide(undefined).decidedBy === 'DO_NOT_TRACK';
  if (options.undecided !== 'quiet' && !isDecided)
    throw consentRequired(options.product, options.consentSettings);
  const loop = createScheduler(core);
  return {
    start: loop.start,
    stop: loop.stop,
    markFeatureUsed: loop.markFeatureUsed,
    subscribe: core.events.subscribe,
    ...createOperator(core, loop),
  };
}
