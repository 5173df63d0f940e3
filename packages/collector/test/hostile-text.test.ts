import { describeConformance } from '@candor/testing';
import { describe, expect, it } from 'vitest';
import { collecting } from './support/collecting.js';
import { listening, rawRequest } from './support/listening.js';
import { sampleReport } from './support/sample.js';

describeConformance('naughty strings', 'strings', (data) => {
  const strings = data.json('naughty.json') as string[];

  it('are a whole body: refused', async () => {
    const { post, errors } = await collecting();
    for (const text of strings) {
      for (const body of [text, JSON.stringify(text)]) {
        const answer = await post(body);
        expect([text, answer.status]).toEqual([text, 400]);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
      }
    }
    expect(errors).toEqual([]);
  });

  it('are a value, a key, a map key, a feature, a product, a version or an id: stored as allowed or refused', async () => {
    const { send, errors, facts } = await collecting();
    let accepted = 0;
    for (const text of strings) {
      const reports = [
        sampleReport({ configuration: { log: { format: text, level: text, path: text } } }),
        sampleReport({ configuration: { [text]: text, entryPoints: { [text]: { address: text } } } }),
        sampleReport({ features: [text] }),
        sampleReport({ facts: { [text]: text } }),
        ...['product', 'version', 'id', 'fields', 'hash', 'age', text].map((key) => ({
          ...sampleReport(),
          [key]: text,
        })),
      ];
      for (const report of reports) {
        const { status } = await send(report);
        expect([text, [202, 400, 404, 422].includes(status)]).toEqual([text, true]);
        if (status === 202) accepted += 1;
      }
    }
    expect(accepted).toBeGreaterThan(strings.length);
    expect(errors).toEqual([]);
    const kept = (await facts('log.format')).map((fact) => ('path' in fact ? fact.value : undefined));
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.filter((value) => value !== 'other' && !strings.includes(value as string))).toEqual([]);
  });

  it('are a header: never an error of the server', async () => {
    const { exchange, errors } = await listening();
    for (const text of strings.filter((one) => !/[\r\n]/.test(one))) {
      for (const name of [
        'x-forwarded-for',
        'content-type',
        'content-encoding',
        'candor-received',
        'x-any',
      ]) {
        const answer = await exchange(rawRequest(JSON.stringify(sampleReport()), { [name]: text }));
        expect([text, name, /^HTTP\/1\.1 (?:2|4)/.test(answer)]).toEqual([text, name, true]);
      }
    }
    expect(errors).toEqual([]);
  });
});

describeConformance('documents of the JSON parsing corpus', 'json-parsing', (data) => {
  const cases = data.json('cases.json') as { base64: string; expect: string }[];

  it('are a value, a key, a version or a header: a problem or stored, never an error', async () => {
    const { post, errors } = await collecting();
    const places = ['"DEBUG"', '"log"', '"1.2.3"', '"month"', 'true'];
    for (const { base64, expect: expected } of cases) {
      for (const place of places) {
        const [before = '', ...after] = JSON.stringify(sampleReport()).split(place);
        const body = Buffer.concat([
          Buffer.from(before),
          Buffer.from(base64, 'base64'),
          Buffer.from(after.join(place)),
        ]);
        const answer = await post(body);
        expect([base64, [202, 400].includes(answer.status)]).toEqual([base64, true]);
        if (expected === 'reject' && place === '"DEBUG"')
          expect([base64, answer.status]).toEqual([base64, 400]);
      }
    }
    expect(errors).toEqual([]);
  });
});

describe('a number or name that parsing would change', () => {
  it('is refused, so that what is stored is what was sent', async () => {
    const { post } = await collecting();
    const text = JSON.stringify(sampleReport());
    for (const changed of [
      text.replace('"debug":true', '"debug":true,"debug":false'),
      text.replace('[1,1,2]', '[9007199254740993]'),
    ]) {
      expect(changed).not.toBe(text);
      expect((await post(changed)).status).toBe(400);
    }
    expect((await post(text.replaceAll(':', ' : '))).status).toBe(202);
  });
});
