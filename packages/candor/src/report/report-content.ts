import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Anonymizer, Remark } from '@candor/anonymizer';
import { factsKey, type Json } from '@candor/protocol';
import { type ContentContext, type ReportContent, ReporterError } from '@candor/reporter';
import type { SchemaNode } from '@candor/schema';
import { codeOf } from '../candor-error.js';
import { configurationLimits, isTooLarge } from './check-size.js';
import { hashConfiguration } from './hash-configuration.js';

/** What the content of reports is made from. */
export interface ContentOptions {
  /** The schema of all that a report holds. */
  readonly node: SchemaNode;
  readonly config: () => unknown;
  readonly report: 'written' | 'effective';
  readonly deny: readonly string[];
  readonly facts: () => Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Called once with the `deny` patterns that match nothing, if there are any. */
  readonly onUnmatchedDeny: (patterns: readonly string[]) => void;
}

/** Makes the content of reports; rejects with `ERR_REPORT_INVALID`, whose message holds no value. */
export interface Content {
  make(context: ContentContext): Promise<ReportContent>;
  explain(): Promise<Remark[]>;
}

interface Configuration {
  readonly reported: object;
  readonly effective: object;
}

/** Creates the content maker of one installation; the anonymizer is loaded and compiled on first use. */
export function createContent(options: ContentOptions): Content {
  const { node, deny, facts } = options;
  let compiled: Promise<Anonymizer> | undefined;

  async function compile(): Promise<Anonymizer> {
    const { createAnonymizer } = await import('@candor/anonymizer');
    // The steps take separate turns of the event loop, since together they would block it for too long.
    await nextTurn();
    const anonymizer = createAnonymizer(node, { deny });
    if (anonymizer.unmatchedDeny.length > 0) options.onUnmatchedDeny(anonymizer.unmatchedDeny);
    return anonymizer;
  }

  function anonymizer(): Promise<Anonymizer> {
    compiled ??= compile();
    return compiled;
  }

  return {
    async make(context): Promise<ReportContent> {
      const { reported, effective } = await readConfiguration(options);
      const given = withFacts(reported, await facts());
      checkSize(given, effective);
      const { anonymizeAsync } = await anonymizer();
      const output = (await anonymizeAsync(given)) as { [key: string]: Json };
      const { [factsKey]: anonymizedFacts, ...configuration } = output;
      await nextTurn();
      return {
        configuration,
        ...(await hashConfiguration(effective, context)),
        ...(isObject(anonymizedFacts) && { facts: anonymizedFacts as { [key: string]: Json } }),
      };
    },
    async explain(): Promise<Remark[]> {
      const { reported } = await readConfiguration(options);
      const given = withFacts(reported, await facts());
      checkSize(given);
      return (await anonymizer()).explain(given);
    },
  };
}

function withFacts(configuration: object, facts: object | undefined): object {
  if (facts === undefined) return configuration;
  try {
    return { ...configuration, [factsKey]: facts };
  } catch (error) {
    throw failure('config(): expected data that can be read', error);
  }
}

/** Returns an error with only the code of the host's error, whose message may quote its configuration. */
function failure(what: string, error?: unknown): ReporterError {
  return new ReporterError('ERR_REPORT_INVALID', what + codeOf(error));
}

async function readConfiguration(options: ContentOptions): Promise<Configuration> {
  let found: Configuration | string;
  try {
    found = configurationIn(await options.config(), options);
  } catch (error) {
    throw failure('config() threw', error);
  }
  if (typeof found === 'string') throw failure(`config(): expected an object, got ${found}`);
  return found;
}

/** Throws if the values are so large that a report would block the host's thread for too long. */
function checkSize(...given: readonly object[]): void {
  let isRefused: boolean;
  try {
    isRefused = given.some(isTooLarge);
  } catch (error) {
    throw failure('config(): expected data that can be read', error);
  }
  if (!isRefused) return;
  const { values, characters } = configurationLimits;
  throw failure(`config(): expected at most ${values} values and ${characters} characters of text`);
}

/** Returns the configuration in the host's return value, or the type of a value that is not one. */
function configurationIn(value: unknown, { report, node }: ContentOptions): Configuration | string {
  if (!isObject(value)) return typeof value;
  const { written, effective } = value as { written?: unknown; effective?: unknown };
  const isOne = node.properties.has('written') || !isObject(written) || !isObject(effective);
  if (isOne) return { reported: value, effective: value };
  return { reported: report === 'effective' ? effective : written, effective };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
