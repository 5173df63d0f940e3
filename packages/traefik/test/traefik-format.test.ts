import { createVerifier } from '@candor/anonymizer';
import { defaultLimits } from '@candor/protocol';
import { fields } from '@candor/schema';
import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { traefikFormat, traefikV2, traefikV3 } from '../src/index.js';
import { sampleTraefikReport as sample, traefikBody } from './support/traefik-body.js';

const { product, parse } = traefikFormat();
const lists = { v2: fields(traefikV2), v3: fields(traefikV3) };

describe('the intake format of Traefik', () => {
  it('is for the product traefik', () => {
    expect(product).toBe('traefik');
  });

  it.each([
    ['3.7.9', '3.7.9'],
    ['v3.7.9', '3.7.9'],
    ['3.7.9+build', '3.7.9'],
    ['3.8.0-rc1', '3.8.0-rc1'],
    ['dev', 'dev'],
    ['experimental-abc', 'other'],
  ])('reads the version %s as %s', (given, expected) => {
    const { report } = parse(traefikBody({ ...sample, version: given }), defaultLimits);
    expect(report?.version).toBe(expected);
  });

  it.each([
    ['2.11.53', lists.v2.digest],
    ['v2.11.0', lists.v2.digest],
    ['3.7.9', lists.v3.digest],
    ['dev', lists.v3.digest],
    ['experimental-abc', lists.v3.digest],
    ['5.0.0', null],
    ['23.0.0', null],
  ])('reads a report of %s by the field list of that release', (version, digest) => {
    const { report } = parse(traefikBody({ ...sample, version }), defaultLimits);
    expect(report?.fields).toBe(digest);
  });

  it('carries nothing else: no hash, no code name, no build date', () => {
    const { report } = parse(traefikBody(sample), defaultLimits);
    expect(Object.keys(report ?? {}).toSorted()).toEqual(['configuration', 'fields', 'version']);
  });

  it('anonymizes what Traefik exported and our schema does not', () => {
    const configuration = { log: { level: 'hunter2', format: 'ask alice@example.org' }, stranger: 'hunter2' };
    const { report } = parse(traefikBody({ ...sample, configuration }), defaultLimits);
    expect(JSON.stringify(report)).not.toMatch(/hunter2|alice|stranger/);
  });

  it('passes on what is wrong with a body', () => {
    expect(parse({}, defaultLimits).issues?.length).toBeGreaterThan(0);
  });
});

describeConformance('what is left of reports that real Traefik builds send', 'traefik', (data) => {
  it('is what the field list allows', () => {
    const verifiers = new Map(Object.values(lists).map((list) => [list.digest, createVerifier(list)]));
    const bodies = ['v2.11', 'v3.7']
      .flatMap((version) => data.jsonl(`${version}/edge.jsonl`))
      .flatMap((line) => (line as { started?: { report?: string } }).started?.report ?? []);
    expect(bodies.length).toBeGreaterThan(10);
    for (const body of bodies) {
      const { report } = parse(JSON.parse(body), defaultLimits);
      const { removed } = verifiers.get(report?.fields ?? '')!(report?.configuration);
      expect(removed).toEqual([]);
    }
  });
});
