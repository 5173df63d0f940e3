import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Anonymizer, Remark } from '@candor/anonymizer';
import { factsKey, type Json } from '@candor/protocol';
import { type ContentContext, type ReportContent, ReporterError } from '@candor/reporter';
import type { SchemaNode } from '@candor/schema';
import { codeOf } from '../candor-error.js';
import { configurationLimits, isTooLarge } from './check-size.js';
import { hashConfiguration } from './hash-configuration.js';

/** What the content of reports is made of. */
export interface ContentOptions {
  /** The tree of all that a report holds. */
  readonly node: SchemaNode;
  readonly config: () => unknown;
  readonly report: 'written' | 'effective';
  readonly deny: readonly string[];
  readonly facts: () => Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Called once with the `deny` patterns that match no place, when there are any. */
  readonly onUnmatchedDeny: (patterns: readonly string[]) => void;
}

/** Makes what a host puts in its reports; rejects with `ERR_REPORT_INVALID`, whose message holds no value. */
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
    // Between steps the host has its turn: together they would hold up its event loop for too long.
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

/** An error of the host's own may quote its configuration, so no more than its code is passed on. */
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

/** Throws where making a report of these would keep the host's thread for too long. */
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

/** The configuration in what the host returned, or the type of what is none. */
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
