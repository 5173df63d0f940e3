import type { ForeignReport, IntakeFormat } from '@candor/protocol';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleFields } from './support/sample.js';

const path = '/v1/products/gateway/reports';
const sample: ForeignReport = {
  version: '3.7.9',
  fields: sampleFields.digest,
  configuration: { log: { level: 'DEBUG' } },
};

/** A format whose bodies are the reports themselves, in a member `report`. */
const format: IntakeFormat = {
  product: 'gateway',
  parse(value) {
    const { report } = value as { report?: ForeignReport };
    return report === undefined
      ? { issues: [{ path: 'report', expected: 'an object', got: 'undefined' }] }
      : { report };
  },
};
const intakeFormats = [format];

describe("POST a report in a program's own format", () => {
  it('keeps what the field list allows', async () => {
    const { post, facts: factsOf, files } = await collecting({ intakeFormats });
    const configuration = { log: { level: 'DEBUG', path: 'hunter2' }, hunter2: 1, $facts: { cores: 8 } };
    const answer = await post(JSON.stringify({ report: { ...sample, configuration } }), {}, path);
    expect(answer.status).toBe(202);
    const facts = await factsOf();
    expect(facts).toContainEqual({ path: 'log.level', value: 'DEBUG', count: 1 });
    expect(JSON.stringify(facts)).not.toContain('cores');
    expect(files().includes('hunter2')).toBe(false);
  });

  it('counts each report as the first of its day, and none as the first of a week or month', async () => {
    const { post, count } = await collecting({ intakeFormats });
    for (let times = 0; times < 2; times += 1) await post(JSON.stringify({ report: sample }), {}, path);
    const totals = (['day', 'week', 'month'] as const).map(async (period) =>
      (await count({ period, unit: 'installations' })).map(({ total }) => total),
    );
    expect(await Promise.all(totals)).toEqual([[2], [], []]);
  });

  it.each([
    [400, {}],
    [422, { report: { ...sample, fields: null } }],
    [422, { report: { ...sample, fields: 'unknown' } }],
  ])('answers %i for %j', async (status, body) => {
    const { post } = await collecting({ intakeFormats });
    expect((await post(JSON.stringify(body), {}, path)).status).toBe(status);
  });

  it('is not there for a product without a format, nor without the option', async () => {
    const body = JSON.stringify({ report: sample });
    const { post } = await collecting({ intakeFormats });
    expect((await post(body, {}, '/v1/products/other/reports')).status).toBe(404);
    expect((await (await collecting()).post(body, {}, path)).status).toBe(404);
  });
});
