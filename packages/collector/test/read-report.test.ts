import { defaultLimits, type ForeignReport, type Json } from '@candor/protocol';
import { describe, expect, it } from 'vitest';
import { readForeign, readOwn, type Said } from '../src/intake/read-report.js';
import { sampleReport } from './support/sample.js';

const report = sampleReport();
const { configuration, ...envelope } = report;
const head = JSON.stringify(envelope).slice(0, -1);
const { fields: _fields, format: _format, ...kept } = envelope;

const read = (text: string): Said => readOwn(Buffer.from(text), defaultLimits);
const keyOf = (text: string): string => Buffer.from(read(text).key as Uint8Array).toString();

describe('a report', () => {
  it('is an envelope, a field list and a document', () => {
    const said = read(JSON.stringify({ ...report, facts: { cores: 4 }, features: ['sso'] }));
    expect(said.envelope).toEqual(kept);
    expect(said.fields).toBe(report.fields);
    expect(said.document()).toEqual({
      ...(configuration as object),
      $facts: { cores: 4 },
      $features: ['sso'],
    });
  });

  it('has the key of all that follows its envelope, as it was written', () => {
    expect(keyOf(`${head},"configuration":{},"facts":{"cores":4}}`)).toBe(
      ',"configuration":{},"facts":{"cores":4}}',
    );
    expect(keyOf(`${head},"configuration": {} }`)).toBe(',"configuration": {} }');
  });

  it.each([
    ['facts', `{"facts":{"cores":4},${head.slice(1)},"configuration":{}}`, { $facts: { cores: 4 } }],
    [
      'facts that have one called so',
      `{"facts":{"cores":4,"configuration":{}},${head.slice(1)},"configuration":{}}`,
      { $facts: { cores: 4, configuration: {} } },
    ],
    ['features', `{"features":["sso"],${head.slice(1)},"configuration":{}}`, { $features: ['sso'] }],
    ['a configuration that is written in another way', `${head} ,"configuration" :{}}`, {}],
    ['a configuration', `{"configuration":{},${head.slice(1)}}`, {}],
  ])('with %s before other members has the key of its document', (_, text, document) => {
    const said = read(text);
    expect(said.envelope).toEqual(kept);
    expect(said.key).toBe(JSON.stringify(document));
    expect(said.document()).toEqual(document);
  });

  it.each([
    ['a list', '[]', ''],
    ['one whose configuration is a list', `${head},"configuration":[]}`, 'configuration'],
    ['one without a configuration', `${head}}`, 'configuration'],
    ['one with another member', `${head},"configuration":{},"who":1}`, ''],
  ])('is none where it is %s', (_, text, path) => {
    const problem = { code: 'bad-report', message: 'The body is not a report.' };
    const reading = (): Json => read(text).document();
    expect(reading).toThrow(expect.objectContaining(problem) as Error);
    expect(reading).toThrow(
      expect.objectContaining({
        details: { issues: expect.arrayContaining([expect.objectContaining({ path })]) as unknown },
      }) as Error,
    );
  });

  it('is not read where its JSON is none, or has a name twice', () => {
    for (const text of [`${head},"configuration":{`, `${head},"configuration":{"a":1,"a":1}}`]) {
      expect(() => read(text).document()).toThrow(expect.objectContaining({ code: 'bad-json' }) as Error);
    }
  });
});

describe("a report in a program's own format", () => {
  const foreign: ForeignReport = { version: '1.2.3', fields: null, configuration: { debug: true } };
  const format = { product: 'gateway', parse: () => ({ report: foreign }) };

  it('is the first of its day, and has an id that nobody else has', () => {
    const one = readForeign(format)(Buffer.from('{}'), defaultLimits);
    const { id, ...others } = one.envelope;
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(others).toEqual({
      product: 'gateway',
      version: '1.2.3',
      hash: null,
      changed: null,
      first: { day: true, week: false, month: false },
      age: null,
    });
    expect([one.fields, one.key, one.document()]).toEqual([null, '{"debug":true}', { debug: true }]);
    expect(readForeign(format)(Buffer.from('{}'), defaultLimits).envelope.id).not.toBe(id);
  });

  it('is refused with what its parser says', () => {
    const issues = [{ path: 'a', expected: 'text', got: 'number' }];
    const refuse = readForeign({ ...format, parse: () => ({ issues }) });
    expect(() => refuse(Buffer.from('{}'), defaultLimits)).toThrow(
      expect.objectContaining({ code: 'bad-report', details: { issues } }) as Error,
    );
  });

  it('may have no name twice', () => {
    expect(() => readForeign(format)(Buffer.from('{"a":1,"a":1}'), defaultLimits)).toThrow(
      expect.objectContaining({ code: 'bad-json' }) as Error,
    );
  });
});
