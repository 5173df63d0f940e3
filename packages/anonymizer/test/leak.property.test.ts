import { diffFields, fields } from '@candor/schema';
import { lint } from '@candor/schema/lint';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnonymizer, createVerifier } from '../src/index.js';
import { planted } from './support/planted.js';

const runs = { numRuns: 300 };

/** The planted strings that occur in a value: none may. */
function leaked(forbidden: readonly string[], ...outputs: readonly unknown[]): string[] {
  const text = JSON.stringify(outputs);
  return forbidden.filter((string) => text.includes(string));
}

describe('for any schema and any instance', () => {
  test('what is planted where no tag reaches does not leave, and what tags reach does', () => {
    fc.assert(
      fc.property(planted, ({ schema, value, forbidden, expected }) => {
        const anonymizer = createAnonymizer(schema);
        const output = anonymizer.anonymize(value);
        const remarks = anonymizer.explain(value);
        const values = remarks.map(({ action, reason, outputPath, value }) => [
          action,
          reason,
          outputPath,
          value,
        ]);
        expect(leaked(forbidden, output, values, anonymizer.verify(output))).toEqual([]);
        const text = JSON.stringify(output);
        expect(expected.filter((string) => !text.includes(string))).toEqual([]);
      }),
      runs,
    );
  });

  test('verifying the output removes nothing, by the schema and by the field list as JSON', () => {
    fc.assert(
      fc.property(planted, ({ schema, value }) => {
        const { anonymize, verify } = createAnonymizer(schema);
        const output = anonymize(value);
        const unchanged = { value: output, removed: [] };
        expect(verify(output)).toEqual(unchanged);
        const list = JSON.parse(JSON.stringify(fields(schema)));
        expect(createVerifier(list)(JSON.parse(JSON.stringify(output)))).toEqual(unchanged);
      }),
      runs,
    );
  });

  test('done in turns, the output is the same, whatever becomes of the input meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(planted, async ({ schema, value }) => {
        const { anonymize, anonymizeAsync } = createAnonymizer(schema);
        const before = anonymize(value);
        const changing = structuredClone(value);
        const output = anonymizeAsync(changing, async () => clear(changing));
        clear(changing);
        expect(await output).toEqual(before);
      }),
      runs,
    );
  });

  test('a sender that anonymizes nothing gets nothing past the verifier', () => {
    fc.assert(
      fc.property(planted, ({ schema, value, forbidden }) => {
        const verify = createVerifier(fields(schema));
        const verified = verify(value);
        expect(leaked(forbidden, verified)).toEqual([]);
        expect(verify(verified.value)).toEqual({ value: verified.value, removed: [] });
      }),
      runs,
    );
  });

  test('the input stays as it was and shares nothing with the output', () => {
    fc.assert(
      fc.property(planted, ({ schema, value }) => {
        const before = structuredClone(value);
        const { anonymize, explain } = createAnonymizer(schema);
        freeze(value);
        const output = anonymize(value);
        explain(value);
        expect(value).toEqual(before);
        const inputs = new Set(objectsIn(value));
        expect(objectsIn(output).filter((object) => inputs.has(object))).toEqual([]);
      }),
      runs,
    );
  });

  test('the order of keys in the input does not show', () => {
    fc.assert(
      fc.property(planted, ({ schema, value }) => {
        const { anonymize } = createAnonymizer(schema);
        expect(JSON.stringify(anonymize(reversed(value)))).toBe(JSON.stringify(anonymize(value)));
      }),
      runs,
    );
  });

  test('the remarks name each path of the input once, in order, and rebuild the output', () => {
    fc.assert(
      fc.property(planted, ({ schema, value }) => {
        const { anonymize, explain } = createAnonymizer(schema);
        const remarks = explain(value);
        expect(remarks.map(({ path }) => path)).toEqual(pathsIn(value));
        const output = anonymize(value);
        const leaves = remarks.filter(
          ({ value, outputPath }) => value !== undefined && outputPath !== undefined,
        );
        expect(leaves.map(({ outputPath }) => at(output, outputPath ?? []))).toEqual(
          leaves.map(({ value }) => value),
        );
        expect(
          new Set(remarks.flatMap(({ outputPath }) => (outputPath ? [outputPath.join('/')] : []))),
        ).toEqual(new Set(leavingPaths(remarks.length > 0 && remarks[0]?.outputPath ? output : undefined)));
      }),
      runs,
    );
  });

  test('anonymizing twice is anonymizing once, where a made-up key is still one of the map', () => {
    fc.assert(
      fc.property(planted, ({ schema, value }) => {
        fc.pre(!JSON.stringify(schema).includes('patternProperties'));
        const { anonymize } = createAnonymizer(schema);
        const output = anonymize(value);
        expect(anonymize(output)).toEqual(output);
      }),
      runs,
    );
  });

  test('denying everything leaves nothing', () => {
    fc.assert(
      fc.property(planted, ({ schema, value }) => {
        expect(createAnonymizer(schema, { deny: ['*'] }).anonymize(value)).toEqual({});
      }),
      { numRuns: 100 },
    );
  });

  test('lint and the field list say nothing of an instance and do not change by themselves', () => {
    fc.assert(
      fc.property(planted, ({ schema, forbidden }) => {
        const list = fields(schema);
        expect(leaked(forbidden, list, lint(schema))).toEqual([]);
        expect(diffFields(list, fields(schema))).toMatchObject({
          added: [],
          removed: [],
          changed: [],
          widens: false,
        });
      }),
      { numRuns: 100 },
    );
  });
});

test('arbitrary JSON through a verifier comes out allowed: a second pass removes nothing', () => {
  fc.assert(
    fc.property(planted, fc.jsonValue(), ({ schema }, value) => {
      const { verify } = createAnonymizer(schema);
      const first = verify(value);
      expect(verify(first.value)).toEqual({ value: first.value, removed: [] });
    }),
    runs,
  );
});

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

function freeze(value: unknown): void {
  for (const object of objectsIn(value)) Object.freeze(object);
}

function clear(value: unknown): void {
  for (const object of objectsIn(value)) {
    if (Array.isArray(object)) object.length = 0;
    else for (const key of Object.keys(object)) Reflect.deleteProperty(object, key);
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, reversed(member)])
      .toReversed(),
  );
}

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}

function leavingPaths(value: unknown): string[] {
  return value === undefined ? [] : pathsIn(value).map((path) => path.join('/'));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (container, key) => (container as Record<string | number, unknown>)[key],
    value,
  );
}
