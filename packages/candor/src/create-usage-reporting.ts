import { featuresKey } from '@candor/protocol';
import { createReporter, notice, type ReportedFields } from '@candor/reporter';
import { type FieldList, fields, formatPath, type SchemaSource } from '@candor/schema';
import { checkOptions } from './check-options.js';
import { processEnvironment, processTerminal, terminalColumns } from './env.js';
import { logEvent } from './logger.js';
import type { OperatorContext } from './operator/operator-context.js';
import { checkExports } from './report/check-schema.js';
import { createFacts } from './report/facts.js';
import { createContent } from './report/report-content.js';
import { reportNode } from './report/report-node.js';
import { isDenied, reportedFields } from './report/reported-fields.js';
import type { FactsOf } from './schema-types.js';
import type { UsageReporting } from './usage-reporting.js';
import type { UsageReportingOptions } from './usage-reporting-options.js';
import { createWarnings } from './warnings.js';

/**
 * Creates anonymous usage reporting for one installation; opens nothing before `start`.
 *
 * Throws on invalid options (`ERR_OPTION`, a `SchemaError`, or what `createReporter` throws). A missing choice is not
 * one: `start` rejects with `ERR_CONSENT_REQUIRED` then. Nothing else is thrown into the host.
 */
export function createUsageReporting<
  const Schema extends SchemaSource,
  const Facts extends SchemaSource | undefined = undefined,
  const Feature extends string = never,
>(options: UsageReportingOptions<Schema, Facts, Feature>): UsageReporting<Feature, FactsOf<Facts>> {
  checkOptions(options);
  const {
    schema,
    factsSchema,
    facts: pulled,
    config,
    deny = [],
    report = 'written',
    features = [],
    pageHosts = [],
    logger,
    signal,
    ...reporterOptions
  } = options;
  const { product, program = `${product} usage`, env = processEnvironment() } = reporterOptions;
  const node = reportNode({ schema, factsSchema, features });
  checkExports(node);
  let list: FieldList | undefined;
  let reported: ReportedFields | undefined;
  // Made on first use, so not at all while nothing is reported.
  const fieldList = (): FieldList => (list ??= fields(node));
  const reportedList = (): ReportedFields => (reported ??= reportedFields(fieldList(), deny));
  const warnings = createWarnings();
  const facts = createFacts(node, pulled, warnings);
  const content = createContent({
    node,
    config,
    report,
    deny,
    facts: facts.read,
    onUnmatchedDeny: (patterns) => {
      const at = patterns.map((pattern) => `deny[${deny.indexOf(pattern)}]`).join(', ');
      warnings.warn('WARN_DENY', `${at}: no field of the schema matches`);
    },
  });
  const reporter = createReporter({
    ...reporterOptions,
    env,
    program,
    get fields() {
      return reportedList();
    },
    buildContent: content.make,
  });

  const context: OperatorContext = {
    program,
    reporter,
    explain: content.explain,
    columns: terminalColumns,
    pageHosts,
    notice: () =>
      notice(reportedList(), {
        product,
        endpoint: options.endpoint,
        consentSettings: options.consentSettings,
        command: program,
      }),
  };

  const usage: UsageReporting<Feature, FactsOf<Facts>> = {
    async start() {
      if (signal?.aborted === true) return;
      signal?.addEventListener('abort', usage.stop, { once: true });
      await reporter.start();
    },
    async stop() {
      signal?.removeEventListener('abort', usage.stop);
      await reporter.stop();
    },
    [Symbol.asyncDispose]: () => usage.stop(),
    preview: reporter.preview,
    status: reporter.status,
    fields: fieldList,
    async isFirstRun() {
      const { mode, decidedBy, last, next, pending } = await reporter.status();
      const isHeld = mode === 'off' && decidedBy !== 'nobody';
      return !isHeld && last === null && next === null && !pending;
    },
    notice: context.notice,
    async ask(given = {}) {
      const { ask } = await import('./ask.js');
      const preview = async (): Promise<string> => (await usage.command(['preview'])).output;
      const { status, setMode } = reporter;
      const about = { status, setMode, notice: context.notice, preview };
      return await ask(about, given.terminal ?? processTerminal(), given.timeout);
    },
    markFeatureUsed(feature): void {
      if ((features as readonly string[]).includes(feature)) {
        if (!isDenied(formatPath([featuresKey, feature]), deny)) reporter.markFeatureUsed(feature);
      } else warnings.warn('WARN_FEATURE', 'markFeatureUsed: expected one of the declared features');
    },
    setFacts: facts.set,
    async command(argv) {
      // Keeps the process open for the result, since the reporter itself does not.
      const open = setInterval(() => {}, longestInterval);
      try {
        const { runCommand } = await import('./operator/command.js');
        return await runCommand(context, argv);
      } finally {
        clearInterval(open);
      }
    },
    async fetch(request) {
      const { serveOperator } = await import('./operator/serve-operator.js');
      return await serveOperator(context, request);
    },
    log: reporter.log,
    setMode: reporter.setMode,
    accept: reporter.accept,
    setEndpoint: reporter.setEndpoint,
    reportNow: reporter.reportNow,
    forget: reporter.forget,
    subscribe(listener): () => void {
      const ends = [warnings.subscribe(listener), reporter.subscribe(listener)];
      return () => ends.forEach((end) => end());
    },
  };
  if (logger !== undefined) usage.subscribe((event) => logEvent(logger, event));
  return usage;
}

const longestInterval = 2 ** 31 - 1;
