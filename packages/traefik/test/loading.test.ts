import { readFileSync } from 'node:fs';
import { ConfigError } from '@candor/config';
import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { loadTraefikConfig } from '../src/index.js';
import { versions } from './support/cases.js';
import { compareLoading, sourceOf } from './support/loading.js';
import type { LoadingCase } from './support/loading.js';
import { loadingExceptions } from './support/loading-exceptions.js';

function expectParity(
  name: string,
  cases: readonly LoadingCase[],
  schema: (typeof versions)[number]['asShipped'],
): void {
  const result = compareLoading(cases, schema);
  console.log(
    `loading, ${name}: ${result.equal} of ${result.accepted} accepted equal, ` +
      `${result.alsoRefused} of ${result.refused} refused refused`,
  );
  const ids = new Set(cases.map(({ id }) => id));
  const known = Object.keys(loadingExceptions[name] ?? {}).filter((id) => ids.has(id));
  expect(result.differences.map(({ id }) => id).toSorted()).toEqual(known.toSorted());
  expect(result.equal / result.accepted).toBeGreaterThanOrEqual(name.endsWith('edge') ? 0.96 : 0.99);
  expect(result.alsoRefused).toBe(result.refused);
}

describe('loading the inputs that we wrote', () => {
  for (const version of versions) {
    it(`${version.name} takes and refuses what the program does`, () => {
      for (const kind of ['edge', 'generated']) {
        const text = readFileSync(new URL(`data/${version.name}-${kind}.jsonl`, import.meta.url), 'utf8');
        const cases = text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as LoadingCase);
        expect(cases.length).toBeGreaterThan(100);
        expectParity(`${version.name} ${kind}`, cases, version.corrected);
      }
    });
  }

  it('gives the same through loadTraefikConfig', () => {
    const source = { argv: ['--api', '--entryPoints.web.address=:80', '--providers.docker.watch=false'] };
    const { written, effective } = loadTraefikConfig('v3', source);
    expect(written).toEqual({
      api: {},
      entryPoints: { web: { address: ':80' } },
      providers: { docker: { watch: false } },
    });
    expect(effective).toMatchObject({
      api: { basePath: '/', dashboard: true },
      entryPoints: { web: { address: ':80', udp: { timeout: '3s' } } },
      global: { checkNewVersion: true },
      providers: { docker: { exposedByDefault: true, watch: false }, providersThrottleDuration: '2s' },
    });
  });
});

describeConformance('loading', 'traefik', (data) => {
  for (const version of versions) {
    it.each(['published', 'generated', 'edge'])(
      `${version.name} does what the program does in every %s case`,
      (kind) => {
        const cases = data.jsonl(`${version.folder}/${kind}.jsonl`) as LoadingCase[];
        expectParity(`${version.name} ${kind}`, cases, version.corrected);
      },
    );

    it(`${version.name} says where and what, and never a value`, () => {
      const cases = data.jsonl(`${version.folder}/generated.jsonl`) as LoadingCase[];
      let refused = 0;
      for (const one of cases.filter(({ accepted }) => !accepted)) {
        try {
          loadTraefikConfig(version.name, sourceOf(one));
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          refused += 1;
          const planted =
            JSON.stringify(one).match(/hunter2-\w+|s3cr3t\/\w+|xoxb-\w+|ghp_\w+|AKIA\w+|eyJ[\w.]+/g) ?? [];
          for (const secret of planted) expect(error.message).not.toContain(secret);
          const isFile = one.text !== undefined;
          for (const issue of error.issues)
            expect(issue.line !== undefined, JSON.stringify(issue)).toBe(isFile);
        }
      }
      expect(refused).toBeGreaterThan(50);
    });
  }
});
