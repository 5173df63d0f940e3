import type { Anonymizer, Remark } from '@candor/anonymizer';
import { factsKey, type Json } from '@candor/protocol';
import { type ContentContext, type ReportContent, ReporterError } from '@candor/reporter';
import type { Place } from '@candor/schema';
import { codeOf } from '../candor-error.js';
import { plainData } from './plain-data.js';

/** What the content of reports is made of. */
export interface ContentOptions {
  /** The tree of all that a report holds. */
  readonly place: Place;
  readonly config: () => unknown;
  readonly report: 'written' | 'effective';
  readonly deny: readonly string[];
  readonly facts: () => Readonly<Record<string, unknown>> | undefined;
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
  const { place, deny, facts } = options;
  let compiled: Promise<Anonymizer> | undefined;

  async function compile(): Promise<Anonymizer> {
    const { createAnonymizer } = await import('@candor/anonymizer');
    const anonymizer = createAnonymizer(place, { deny });
    if (anonymizer.unmatchedDeny.length > 0) options.onUnmatchedDeny(anonymizer.unmatchedDeny);
    return anonymizer;
  }

  function anonymizer(): Promise<Anonymizer> {
    compiled ??= compile();
    return compiled;
  }

  return {
    async make({ key, comparisonKey }): Promise<ReportContent> {
      const { reported, effective } = await readConfiguration(options);
      const { anonymize } = await anonymizer();
      const { keyedHash } = await import('@candor/hasher');
      const known = facts();
      const output = anonymize(known === undefined ? reported : { ...reported, [factsKey]: known });
      const { [factsKey]: anonymizedFacts, ...configuration } = output as { [key: string]: Json };
      const hashed = plainData(effective);
      return {
        configuration,
        hash: keyedHash(key, hashed),
        comparison: keyedHash(comparisonKey, hashed),
        ...(isObject(anonymizedFacts) && { facts: anonymizedFacts as { [key: string]: Json } }),
      };
    },
    async explain(): Promise<Remark[]> {
      const { reported } = await readConfiguration(options);
      return (await anonymizer()).explain(reported);
    },
  };
}

async function readConfiguration({ config, report, place }: ContentOptions): Promise<Configuration> {
  let value: unknown;
  try {
    value = await config();
  } catch (error) {
    // The host's own error may quote its configuration.
    throw new ReporterError('ERR_REPORT_INVALID', `config() threw${codeOf(error)}`);
  }
  if (!isObject(value)) {
    throw new ReporterError('ERR_REPORT_INVALID', `config(): expected an object, got ${typeof value}`);
  }
  const { written, effective } = value as { written?: unknown; effective?: unknown };
  const isOne = place.properties.has('written') || !isObject(written) || !isObject(effective);
  if (isOne) return { reported: value, effective: value };
  return { reported: report === 'effective' ? effective : written, effective };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
