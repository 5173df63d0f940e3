import { createVerifier } from '@candor/anonymizer';
import { defaultLimits } from '@candor/protocol';
import {
  assert,
  constantFrom,
  property,
  record,
  shuffledSubarray,
  subarray,
  tuple,
  uniqueArray,
} from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createReview, type Review } from '../src/intake/content.js';
import { createFlatten } from '../src/intake/flatten.js';
import { readOwn } from '../src/intake/read-report.js';
import { Problem } from '../src/problem.js';
import { sampleFields, sampleReport } from './support/sample.js';

const guard = {
  digest: sampleFields.digest,
  verify: createVerifier(sampleFields),
  flatten: createFlatten(sampleFields),
};

/** What becomes of a body: what is stored of it, or the kind of its problem. */
function outcome(review: Review, body: string): unknown {
  try {
    const { envelope, fields, key, document } = readOwn(Buffer.from(body), defaultLimits);
    return { envelope, fields, reviewed: review(key, document, guard) };
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const { configuration: _, ...envelope } = sampleReport();
const envelopeText = JSON.stringify(envelope).slice(1, -1);
const configurationText = '"configuration":{"log":{"level":"debug"}}';
const known = `{${envelopeText},${configurationText}}`;
const knownFacts = `{${envelopeText},${configurationText},"facts":{"cores":8}}`;

describe('a report whose configuration is known', () => {
  test.each([
    [
      'a fact before and after the configuration',
      `{"facts":{"cores":4},${envelopeText},${configurationText},"facts":{"cores":8}}`,
    ],
    ['a member of the envelope twice', `{${envelopeText},"age":"week",${configurationText}}`],
    ['a configuration twice', `{"configuration" :{},${envelopeText},${configurationText}}`],
    [
      'an envelope that lacks a member',
      `{${envelopeText.replace(/"age":"\w+",?/, '')},${configurationText}}`.replace(',,', ','),
    ],
    ['an unknown member', `{${envelopeText},"who":"hunter2",${configurationText}}`],
    [
      'a configuration that stands in a section',
      `{${envelopeText.replace('"first":{', '"first":{"a":1,"configuration":{},')},${configurationText}}`,
    ],
    ['a text that quotes it', `{"product":"a,\\"configuration\\":{}",${configurationText}}`],
  ])('is refused with %s, as it would be if it were new', (_name, body) => {
    const review = createReview();
    expect([outcome(review, known), outcome(review, knownFacts)]).not.toContainEqual(expect.any(String));
    expect(['bad-json', 'bad-report']).toContain(outcome(review, body));
    expect(outcome(review, body)).toEqual(outcome(createReview(), body));
  });

  it('is read as it would be if it were new, however its members are written', () => {
    const values = {
      format: constantFrom('1', '2'),
      id: constantFrom(`"${'0'.repeat(64)}"`, `"${'a'.repeat(64)}"`, '"\\u0061"'),
      product: constantFrom('"gateway"', '"other"'),
      version: constantFrom('"1.2.3"', '",\\"configuration\\":"'),
      fields: constantFrom(JSON.stringify(sampleFields.digest)),
      hash: constantFrom(`"${'0'.repeat(32)}"`),
      changed: constantFrom('true', 'null', '[]'),
      first: constantFrom('{"day":true,"week":false,"month":false}', '{"day":true,"configuration":{}}'),
      age: constantFrom('"week"'),
      configuration: constantFrom(
        '{"log":{"level":"debug"}}',
        '{"log":{"level":"hunter2"}}',
        '{}',
        '[]',
        '{"a":1,"a":2}',
      ),
      facts: constantFrom('{"cores":8}', '{"cores":4}'),
      features: constantFrom('["sso"]', '[]'),
    };
    const names = Object.keys(values);
    const order = tuple(
      shuffledSubarray(names, { minLength: names.length }),
      subarray(['facts', 'features', 'age', 'configuration']),
      constantFrom(',', ' , ', ',\n'),
      constantFrom(':', ' :'),
      constantFrom(undefined, 'age', 'facts'),
    ).map(([shuffled, more, comma, colon, left]) => (members: Record<string, string>) => {
      const kept = [...shuffled, ...(shuffled[0] === 'id' ? more : [])].filter((name) => name !== left);
      return `{${kept.map((name) => `"${name}"${colon}${members[name]}`).join(comma)}}`;
    });
    const written = constantFrom('usual', 'any').chain((kind) =>
      tuple(
        record(values),
        kind === 'any'
          ? order
          : constantFrom(
              (members: Record<string, string>) =>
                `{${names.map((name) => `"${name}":${members[name]}`).join(',')}}`,
            ),
      ).map(([members, write]) => write(members)),
    );
    assert(
      property(uniqueArray(written, { minLength: 2, maxLength: 12 }), (bodies) => {
        const review = createReview();
        for (const body of bodies) {
          expect(outcome(review, body)).toEqual(outcome(createReview(), body));
          expect(outcome(review, body)).toEqual(outcome(createReview(), body));
        }
      }),
      { numRuns: 300 },
    );
  });
});
