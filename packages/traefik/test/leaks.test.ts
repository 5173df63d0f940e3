import { createAnonymizer } from '@candor/anonymizer';
import { ConfigError, load } from '@candor/config';
import { bucketLabels, fieldTree, maskedText, otherValue } from '@candor/schema';
import type { Json, SchemaNode } from '@candor/schema';
import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { traefikRules } from '../src/index.js';
import { ownCases, referenceCases, versions } from './support/cases.js';
import type { AcceptedCase, Version } from './support/cases.js';
import { corrections, knownValues } from './support/corrections.js';
import { leakCountPage } from './support/leak-count-page.js';
import type { LeakCount } from './support/leak-count-page.js';
import { sourceOf } from './support/loading.js';
import { plantedIn, plantedKinds, textsOf } from './support/planted.js';

/** What a case plants in, what the program makes of it, and all that leaves here by default. */
interface Outcome {
  readonly input: string;
  readonly loaded: Json;
  readonly program: string;
  readonly ours: Json[];
}

describe('the inputs that we wrote', () => {
  const outcomes = versions.flatMap((version) =>
    (['generated', 'edge'] as const).flatMap((kind) => outcomesOf(version, ownCases(version, kind))),
  );

  it('leak nothing that is planted', () => {
    for (const { kind, planted, ours } of countLeaks(outcomes)) {
      expect(planted, kind).toBeGreaterThan(30);
      expect(ours, kind).toBe(0);
    }
  });

  it('leak no header of the HTTP provider, as the program does', () => {
    const withBearer = outcomes.filter(({ program }) => /"Bearer \w+/.test(program));
    expect(withBearer.length).toBeGreaterThan(0);
    for (const { ours } of withBearer) expect(JSON.stringify(ours)).not.toContain('Bearer');
  });

  it('let no word out that is on no list', () => {
    const words = wordsThatLeave();
    const strays = outcomes.flatMap(({ ours }) => textsOf(ours)).filter((text) => !words(text));
    expect([...new Set(strays)]).toEqual([]);
  });
});

describeConformance('leaks of planted values', 'traefik', (data) => {
  it('are none, and the published count is in step', async () => {
    const counts = countLeaks(
      versions.flatMap((version) => outcomesOf(version, referenceCases(data, version, 'generated'))),
    );
    expect(counts.map(({ ours }) => ours)).toEqual(counts.map(() => 0));
    await expect(leakCountPage(counts)).toMatchFileSnapshot('../../../docs/traefik-leak-count.md');
  });
});

function outcomesOf(version: Version, cases: readonly AcceptedCase[]): Outcome[] {
  const place = fieldTree(version.corrected);
  const anonymizer = createAnonymizer(place);
  return cases.map((one) => {
    const { loaded, anonymized, started } = one;
    const configurations = [loaded, started?.configuration ?? [], writtenOf(place, one)].flat();
    return {
      input: [one.text, one.flags, Object.entries(one.env ?? {})].flat(2).join('\n'),
      loaded,
      program: JSON.stringify([anonymized, started?.anonymized]),
      ours: configurations.map((configuration) => anonymizer.anonymize(configuration) as Json),
    };
  });
}

/** What a report is made of; nothing for the few cases that only the program's loader takes. */
function writtenOf(schema: SchemaNode, one: AcceptedCase): Json[] {
  const source = sourceOf(one);
  try {
    return [load({ schema, ...traefikRules, ...('text' in source ? { text: source } : source) }).written];
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

function countLeaks(outcomes: readonly Outcome[]): LeakCount[] {
  return Object.entries(plantedKinds).map(([kind, shape]) => {
    const count = { kind, planted: 0, program: 0, ours: 0 };
    for (const { loaded, input, program, ours } of outcomes) {
      const text = JSON.stringify(ours);
      for (const planted of plantedIn(loaded, input, shape)) {
        count.planted += 1;
        if (program.includes(planted)) count.program += 1;
        if (text.includes(planted)) count.ours += 1;
      }
    }
    return count;
  });
}

/** Property names, known values, labels of buckets, durations, ports and made-up keys. */
function wordsThatLeave(): (text: string) => boolean {
  const buckets = corrections.flatMap(({ export: tag }) =>
    typeof tag === 'object' && tag.bucket ? bucketLabels({ kind: 'bucket', bounds: tag.bucket }) : [],
  );
  const names = versions.flatMap(({ corrected }) => propertyNamesOf(corrected));
  const words = new Set(
    [names, buckets, Object.values(knownValues), maskedText, otherValue, ''].flat(2).map(String),
  );
  return (text) =>
    words.has(text) || /^(?:-?(?:[\d.]+(?:h|m|s|ms|µs|ns))+|:\d{1,5}(?:\/udp|\/tcp)?|key\d+)$/.test(text);
}

function propertyNamesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(propertyNamesOf)];
}
