import { describeConformance } from '@candor/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTraefikReport, type TraefikReport } from '../src/index.js';
import { sampleTraefikReport as sample, traefikBody } from './support/traefik-body.js';

const marker = 'S3CRET';
const marked = fc
  .json()
  .map((text) => JSON.parse(text.replaceAll(/"((?:[^"\\]|\\.)*)"/g, `"${marker}$1"`)) as unknown);

function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64');
}

describe('a report of Traefik', () => {
  it.each(['lower', 'capitalized'] as const)('is read as it was written, keys %s', (spelling) => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (configuration) => {
        const report = { ...sample, configuration } as TraefikReport;
        const text = JSON.stringify(traefikBody(report, spelling));
        const { report: read } = parseTraefikReport(JSON.parse(text));
        expect(JSON.stringify(read)).toBe(JSON.stringify(report));
      }),
    );
  });

  it.each<[string, unknown]>([
    ['version', ''],
    ['version', 'a b'],
    ['version', 'a'.repeat(65)],
    ['codename', 1],
    ['buildDate', 'x'.repeat(129)],
    ['hash', 'abc'],
    ['hash', 12345],
    ['hash', '1'.repeat(21)],
    ['configuration', undefined],
    ['configuration', 'not base64!'],
    ['configuration', base64('{')],
    ['configuration', base64('[]')],
    ['configuration', base64('null')],
    ['configuration', base64(Uint8Array.of(0x22, 0xff, 0x22))],
    ['', 'unknown'],
  ])('is refused with a wrong %s (%#)', (path, value) => {
    const { issues } = parseTraefikReport({
      ...traefikBody(sample),
      [path === '' ? 'token' : path]: value,
    });
    expect(issues?.map((issue) => issue.path)).toEqual([path]);
  });

  it.each([null, [], 'text', 7])('is refused when it is no object: %j', (value) => {
    expect(parseTraefikReport(value).issues).toHaveLength(1);
  });

  it('is refused without repeating anything of it, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(sample), marker), marked, (key, value) => {
        const { issues } = parseTraefikReport({ ...traefikBody(sample), [key]: value });
        expect(JSON.stringify(issues ?? [])).not.toContain(marker);
        parseTraefikReport(value);
      }),
    );
  });
});

describeConformance('reports that real Traefik builds send', 'traefik', (data) => {
  const started = ['v2.11', 'v3.7']
    .flatMap((version) => data.jsonl(`${version}/edge.jsonl`))
    .flatMap((line) => (line as { started?: Started }).started ?? [])
    .filter(({ report }) => report !== undefined);

  it('are read in full: written again, they are the same bytes', () => {
    expect(started.length).toBeGreaterThan(10);
    for (const { report: body = '', anonymized, hash } of started) {
      const { report, issues } = parseTraefikReport(JSON.parse(body));
      expect(issues).toBeUndefined();
      expect(report?.configuration).toEqual(anonymized);
      expect(report?.hash).toBe(hash);
      expect(`${JSON.stringify(traefikBody(report ?? sample))}\n`).toBe(body);
    }
  });
});

interface Started {
  readonly report?: string;
  readonly anonymized: unknown;
  readonly hash: string;
}
