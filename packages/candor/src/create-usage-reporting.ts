import { factsKey, featuresKey } from '@candor/protocol';
import { createReporter, notice, type ReportedFields } from '@candor/reporter';
import { fields, formatPath, parsePath } from '@candor/schema';
import { CandorError } from './candor-error.js';
import { processEnvironment } from './env.js';
import type { OperatorContext } from './operator/operator-context.js';
import { createContent } from './report/report-content.js';
import { reportPlace } from './report/report-place.js';
import { isDenied, reportedFields } from './report/reported-fields.js';
import type { UsageReporting, UsageReportingOptions } from './usage-reporting.js';
import { createWarnings } from './warnings.js';

/**
 * Creates anonymous usage reporting for one installation; opens nothing before `start`.
 *
 * Throws on options that cannot be used (`ERR_OPTION`, a `SchemaError`, or what `createReporter` throws), and not for
 * a missing choice: `start` rejects with `ERR_CONSENT_REQUIRED` then. Nothing else is thrown into the host.
 */
export function createUsageReporting<const Feature extends string = never>(
  options: UsageReportingOptions<Feature>,
): UsageReporting<Feature> {
  const { product, schema, config, deny = [], report = 'written', features = [] } = options;
  const { program = `${product} usage`, env = processEnvironment() } = options;
  checkFeatures(features);
  checkDeny(deny);
  const node = reportPlace({ schema, facts: options.facts, features });
  let list: ReportedFields | undefined;
  // Where nothing is reported, the list is not made either.
  const fieldList = (): ReportedFields => (list ??= reportedFields(fields(node), deny));
  const warnings = createWarnings();
  let facts: Readonly<Record<string, unknown>> | undefined;
  const content = createContent({
    node,
    config,
    report,
    deny,
    facts: () => facts,
    onUnmatchedDeny: (patterns) => {
      const at = patterns.map((pattern) => `deny[${deny.indexOf(pattern)}]`).join(', ');
      warnings.warn('WARN_DENY', `${at}: no place of the schema matches`);
    },
  });
  const reporter = createReporter({
    ...options,
    env,
    program,
    get fields() {
      return fieldList();
    },
    buildContent: content.make,
  });

  const door: OperatorContext = {
    program,
    reporter,
    explain: content.explain,
    notice: () =>
      notice(fieldList(), {
        product,
        endpoint: options.endpoint,
        consentSettings: options.consentSettings,
        command: program,
      }),
  };

  return {
    start: reporter.start,
    stop: reporter.stop,
    preview: reporter.preview,
    status: reporter.status,
    markFeatureUsed(feature): void {
      if ((features as readonly string[]).includes(feature)) {
        if (!isDenied(formatPath([featuresKey, feature]), deny)) reporter.markFeatureUsed(feature);
      } else warnings.warn('WARN_FEATURE', 'markFeatureUsed: expected one of the declared features');
    },
    setFacts(given): void {
      const declared = node.properties.get(factsKey)?.properties;
      try {
        if (Object.keys(given).some((key) => declared?.has(key) !== true)) {
          warnings.warn('WARN_FACTS', 'setFacts: facts that their schema does not declare are left out');
        }
        facts = { ...facts, ...given };
      } catch {
        // A getter of the host threw; what it threw may quote anything.
        warnings.warn('WARN_FACTS', 'setFacts: expected facts that can be read');
      }
    },
    async command(argv) {
      const { runCommand } = await import('./operator/command.js');
      return await runCommand(door, argv);
    },
    async fetch(request) {
      const { serveOperator } = await import('./operator/serve-operator.js');
      return await serveOperator(door, request);
    },
    subscribe(listener): () => void {
      const ends = [warnings.subscribe(listener), reporter.subscribe(listener)];
      return () => ends.forEach((end) => end());
    },
    notice: door.notice,
  };
}

function checkDeny(deny: readonly string[]): void {
  deny.forEach((pattern, at) => {
    try {
      parsePath(pattern);
    } catch (cause) {
      const expected = 'a path such as "providers.*"; a key with other signs as a JSON string';
      throw new CandorError('ERR_OPTION', `deny[${at}]: expected ${expected}`, { cause });
    }
  });
}

function checkFeatures(features: readonly string[]): void {
  if (features.every((name) => /^[\w.:/-]{1,64}$/.test(name))) return;
  throw new CandorError(
    'ERR_OPTION',
    'features: expected letters, digits, ".", ":", "/", "_" or "-", at most 64 characters',
  );
}
