import { describeConformance } from '@candor/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelReport, parseModelReport, toModelReport } from '../src/index.js';

const sample: ModelReport = {
  version: '3.7.9',
  codename: 'cheddar',
  buildDate: '2026-01-01',
  configuration: { log: { level: 'DEBUG' } },
  hash: '18446744073709551615',
};

function wire(other: Record<string, unknown>): unknown {
  return { ...toModelReport(sample), ...other };
}

function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64');
}

describe("the model's own format", () => {
  it.each(['lower', 'capitalized'] as const)('is read as it is written, keys %s', (spelling) => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (configuration) => {
        const report = { ...sample, configuration } as ModelReport;
        const text = JSON.stringify(toModelReport(report, spelling));
        const { report: read } = parseModelReport(JSON.parse(text));
        expect(JSON.stringify(read)).toBe(JSON.stringify(report));
      }),
    );
  });

  it('has capitalized keys in the older spelling', () => {
    const keys = ['Version', 'Codename', 'BuildDate', 'Configuration', 'Hash'];
    expect(Object.keys(toModelReport(sample, 'capitalized'))).toEqual(keys);
  });

  it.each<[string, unknown]>([
    ['version', ''],
    ['version', 'a b'],
    ['version', 'a'.repeat(65)],
    ['codename', 1],
    ['buildDate', 'x'.repeat(200)],
    ['hash', 'abc'],
    ['hash', 12345],
    ['configuration', undefined],
    ['configuration', 'not base64!'],
    ['configuration', base64('{')],
    ['configuration', base64('[]')],
    ['configuration', base64('null')],
    ['configuration', base64(Uint8Array.of(0x22, 0xff, 0x22))],
    ['', 'unknown'],
  ])('is refused with a wrong %s (%#)', (path, value) => {
    const { issues } = parseModelReport(wire({ [path === '' ? 'token' : path]: value }));
    expect(issues?.map((issue) => issue.path)).toEqual([path]);
  });
});

describeConformance("the model's own format, as real builds send it", 'traefik', (data) => {
  const started = ['v2.11', 'v3.7']
    .flatMap((version) => data.jsonl(`${version}/edge.jsonl`))
    .flatMap((line) => (line as { started?: Started }).started ?? [])
    .filter(({ report }) => report !== undefined);

  it('is read and written again byte for byte', () => {
    expect(started.length).toBeGreaterThan(10);
    for (const { report: body = '', anonymized, hash } of started) {
      const { report, issues } = parseModelReport(JSON.parse(body));
      expect(issues).toBeUndefined();
      expect(report?.configuration).toEqual(anonymized);
      expect(report?.hash).toBe(hash);
      expect(`${JSON.stringify(toModelReport(report ?? sample))}\n`).toBe(body);
    }
  });
});

interface Started {
  readonly report?: string;
  readonly anonymized: unknown;
  readonly hash: string;
}
