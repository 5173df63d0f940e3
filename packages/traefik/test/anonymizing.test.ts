import { createAnonymizer } from '@candor/anonymizer';
import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { ownCases, referenceCases, versions } from './support/cases.js';
import type { AcceptedCase, Version } from './support/cases.js';
import { compareAnonymized } from './support/parity.js';

describe('anonymizing the inputs that we wrote, as shipped', () => {
  for (const version of versions) {
    it.each(['generated', 'edge'] as const)(`${version.name} equals the program in every %s case`, (kind) => {
      expectParity(`${version.name} ${kind}`, version, ownCases(version, kind));
    });
  }
});

it('scrubs a host without a known domain, which the program sends, only where an address is due', () => {
  const kubernetesIngressNGINX = { globalAuthURL: 'redis:77', httpEntryPoint: 'redis:77' };
  const { asShipped } = versions.find(({ name }) => name === 'v3') ?? expect.fail('no v3');
  expect(createAnonymizer(asShipped).anonymize({ providers: { kubernetesIngressNGINX } })).toEqual({
    providers: { kubernetesIngressNGINX: { globalAuthURL: 'xxxx', httpEntryPoint: 'redis:77' } },
  });
});

describeConformance('anonymizing as shipped', 'traefik', (data) => {
  for (const version of versions) {
    it.each(['published', 'generated', 'edge'] as const)(
      `${version.name} equals the program in every %s case`,
      (kind) => {
        expectParity(`${version.name} ${kind}`, version, referenceCases(data, version, kind));
      },
    );
  }
});

function expectParity(name: string, version: Version, cases: readonly AcceptedCase[]): void {
  const anonymizer = createAnonymizer(version.asShipped);
  const differences: string[] = [];
  const scrubbedMore: string[] = [];
  let compared = 0;
  let equal = 0;
  for (const { id, loaded, anonymized, started } of cases) {
    const pairs = [{ configuration: loaded, anonymized }, started ?? []].flat();
    for (const { configuration, anonymized: theirs } of pairs) {
      const comparison = compareAnonymized(configuration, anonymizer.anonymize(configuration), theirs);
      compared += 1;
      if (comparison.differences.length === 0) equal += 1;
      differences.push(...comparison.differences.map((path) => `${id}: ${path}`));
      scrubbedMore.push(...comparison.scrubbedMore);
    }
  }
  console.log(
    `anonymizing, ${name}: ${equal} of ${compared} equal; ours scrubbed ${scrubbedMore.length} texts that the ` +
      `program left alone${kindsOf(scrubbedMore)
        .map((text) => `\n  ${text}`)
        .join('')}`,
  );
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(50);
}

/** The texts without their random digits, each once. */
function kindsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => JSON.stringify(text.replaceAll(/[\da-f]{6,}/gi, '…'))))].toSorted();
}
