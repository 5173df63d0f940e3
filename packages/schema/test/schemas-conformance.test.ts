import { describeConformance } from '@candor/testing';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { fields, fieldTree, SchemaError } from '../src/index.js';
import { lint } from '../src/lint/index.js';
import { sample } from '../src/sample/sample.js';

type Document = Record<string, unknown>;

/** An independent validator by the draft of a schema; undefined where it does not take the schema. */
function validatorFor(schema: Document): ((value: unknown) => boolean) | undefined {
  const draft = String(schema.$schema);
  const options = { strict: false, validateSchema: false, validateFormats: false, logger: false } as const;
  const copy = structuredClone(schema);
  const isOld = /draft-0[46]/.test(draft);
  if (isOld) delete copy.$schema;
  const ajv = draft.includes('2020-12')
    ? new Ajv2020(options)
    : draft.includes('2019-09')
      ? new Ajv2019(options)
      : new Ajv(options);
  try {
    return ajv.compile(copy);
  } catch {
    return undefined;
  }
}

describeConformance('the schemas of real programs', 'schemas', (data) => {
  const documents = data.jsonl('schemas.jsonl') as { name: string; schema: Document }[];

  test('make a tree, a field list, and a report of what is in doubt, or are refused for their size', () => {
    const refused = documents.flatMap(({ name, schema }) => {
      try {
        const root = fieldTree(schema);
        expect(fields(root).digest).toHaveLength(64);
        expect(lint(schema).filter(({ message }) => message === '')).toEqual([]);
        return [];
      } catch (error) {
        expect(error, name).toBeInstanceOf(SchemaError);
        expect(error, name).toMatchObject({ code: 'ERR_SCHEMA_SIZE' });
        return [name];
      }
    });
    // Its declared members match its patterns as well, so that kinds of symbols contain each other in all combinations.
    expect(refused).toEqual(['web-types.json']);
  });

  test('are told of references that lead out of them', () => {
    const told = documents.filter(({ name, schema }) => {
      if (name === 'web-types.json') return false;
      return lint(schema).some(({ rule }) => rule === '@candor/unresolved-reference');
    });
    const outside = documents.filter(({ schema }) => /"\$ref":"[^#"]/.test(JSON.stringify(schema)));
    expect(told.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['scikit-build.json', 'geojson.json', 'partial-tox.json']),
    );
    expect(told.length).toBeLessThanOrEqual(outside.length + 5);
  });

  test('have a valid sample, in nearly nine of ten', () => {
    let validated = 0;
    const invalid = documents.flatMap(({ name, schema }) => {
      const validate = validatorFor(schema);
      if (validate === undefined) return [];
      validated += 1;
      return validate(sample(schema)) ? [] : [name];
    });
    expect(validated).toBeGreaterThan(60);
    expect(invalid.length / validated, invalid.join()).toBeLessThan(0.14);
  });
});
