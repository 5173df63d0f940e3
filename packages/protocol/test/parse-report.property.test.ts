import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseReport, type Report, reportDocument } from '../src/index.js';
import { sampleReport } from './support/sample-report.js';

const marker = 'S3CRET';
const marked = fc
  .json()
  .map((text) => JSON.parse(text.replaceAll(/"((?:[^"\\]|\\.)*)"/g, `"${marker}$1"`)) as unknown);

it('never repeats anything of a value that it refuses', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(sampleReport), marker), marked, (key, value) => {
      const { issues } = parseReport({ ...sampleReport, [key]: value });
      expect(JSON.stringify(issues ?? [])).not.toContain(marker);
    }),
  );
});

it('never throws', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }), (value) => {
      parseReport(value);
      parseReport({ ...sampleReport, configuration: value });
    }),
  );
});

it('takes any JSON object within the limits as configuration, and gives it back as it was', () => {
  const configuration = fc.dictionary(
    fc.string({ unit: 'grapheme' }),
    fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }),
  );
  fc.assert(
    fc.property(configuration, (value) => {
      const sent = { ...sampleReport, configuration: value } as Report;
      const text = JSON.stringify(sent);
      const { report } = parseReport(JSON.parse(text));
      expect(JSON.stringify(report)).toBe(text);
    }),
  );
});

it('puts facts and features beside the configuration, and takes neither from within it', () => {
  const configuration = { $facts: { forged: true }, $features: ['forged'], log: { level: 'INFO' } };
  expect(reportDocument({ configuration })).toStrictEqual({ log: { level: 'INFO' } });
  expect(reportDocument({ configuration, facts: { cores: 8 }, features: ['sso'] })).toEqual({
    log: { level: 'INFO' },
    $facts: { cores: 8 },
    $features: ['sso'],
  });
});
