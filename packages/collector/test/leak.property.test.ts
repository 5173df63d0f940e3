import { createAnonymizer } from '@candor/anonymizer';
import type { Json } from '@candor/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { sampleReport, sampleSchema } from './support/sample.js';

const marker = 'S3CRETmark';

/** Any JSON whose texts carry a marker, keys included; now and then with names that the schema declares. */
const hostile = fc
  .jsonValue({ maxDepth: 5 })
  .map((value) => mark(value))
  .filter(
    (value): value is Record<string, Json> =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
  );

function mark(value: unknown): Json {
  if (typeof value === 'string') return `${marker}${value}`;
  if (Array.isArray(value)) return value.map(mark);
  if (typeof value !== 'object' || value === null) return value as Json;
  const names = ['log', 'entryPoints', 'level', 'address', 'ports', 'hosts', 'path', 'debug'];
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [names[key.length * 2] ?? `${marker}${key}`, mark(member)]),
  );
}

it('puts nothing on disk that the field list does not allow, and repeats nothing', async () => {
  const { send, files, errors, facts, collector } = await collecting();
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (configuration, facts) => {
      const answer = await send(sampleReport({ configuration, facts }));
      expect(answer.status).toBe(202);
      expect(await answer.text()).not.toContain(marker);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(sampleReport()), marker), hostile, async (key, value) => {
      const answer = await send({ ...sampleReport(), [key]: value });
      expect(await answer.text()).not.toContain(marker);
    }),
  );
  expect(collector.stats().removed).toBeGreaterThan(100);
  expect(files().includes(marker)).toBe(false);
  expect(JSON.stringify(await facts())).not.toContain(marker);
  expect(errors).toEqual([]);
});

it('keeps all that the anonymizer makes of any configuration', async () => {
  const { send, count } = await collecting();
  const { anonymize } = createAnonymizer(sampleSchema);
  const configuration = fc.record(
    {
      log: fc.record(
        { level: fc.constantFrom('DEBUG', 'other'), path: fc.string(), format: fc.string() },
        { requiredKeys: [] },
      ),
      entryPoints: fc.dictionary(
        fc.string(),
        fc.record({ address: fc.constantFrom(':80', '10.0.0.1:443', 'x'), secret: fc.string() }),
      ),
      ports: fc.array(fc.integer()),
      hosts: fc.array(fc.string()),
      debug: fc.boolean(),
      insecure: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  let reports = 0;
  await fc.assert(
    fc.asyncProperty(configuration, async (value) => {
      const answer = await send(sampleReport({ configuration: anonymize(value) as Record<string, Json> }));
      expect([answer.status, await answer.json()]).toEqual([202, { removed: 0 }]);
      reports += 1;
    }),
  );
  expect(await count()).toMatchObject([{ total: reports }]);
});
