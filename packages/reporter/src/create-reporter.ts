import { consentRequired } from './consent/consent-required.js';
import { createOperator } from './operator.js';
import type { ReporterOptions } from './reporter-options.js';
import type { Reporter } from './reporter.js';
import { createCore } from './run/core.js';
import { createScheduler } from './run/scheduler.js';
import { createUsedFeatures } from './run/used-features.js';

/**
 * Creates a reporter; opens nothing. A missing choice is not an error here, since the operator may look before
 * choosing. Throws `ERR_PRODUCT_INVALID`, `ERR_CONSENT_INVALID`, `ERR_ENDPOINT_INVALID`, or `ERR_OPTION` with the name
 * of another invalid option.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const core = createCore(options);
  const features = createUsedFeatures(core);
  const scheduler = createScheduler(core, features);
  return {
    start,
    stop: scheduler.stop,
    markFeatureUsed: features.mark,
    subscribe: core.events.subscribe,
    ...createOperator(core, scheduler, features),
  };

  async function start(): Promise<void> {
    if (options.undecided !== 'quiet' && (await core.isUndecided())) {
      throw consentRequired({
        product: options.product,
        endpoint: options.endpoint,
        program: options.program ?? `${options.product} usage`,
        consentSettings: options.consentSettings,
      });
    }
    await scheduler.start();
  }
}
