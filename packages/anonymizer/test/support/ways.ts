import { fieldTree, type Json, type JsonSchema } from '@candor/schema';
import { expect } from 'vitest';
import { createAnonymizer } from '../../src/index.js';
import { compileQuickOutput } from '../../src/quick/quick-output.js';
import { createRules } from '../../src/rules.js';

/** The output of one pass; undefined where that gives up. */
export function quick(schema: JsonSchema, value: unknown): Json | undefined {
  return compileQuickOutput(fieldTree(schema), createRules()).of(value);
}

/** The output with all that is kept to explain it: with something to deny there is no quick way. */
export function thorough(schema: JsonSchema, value: unknown): Json {
  return createAnonymizer(schema, { deny: ['noSuchPlace'] }).anonymize(value);
}

/** The output of a value, which is the same in one pass, with all that explains it, and in turns; and which is accepted. */
export async function anonymizeInAllWays(schema: JsonSchema, value: unknown): Promise<Json> {
  const { anonymize, anonymizeAsync, verify } = createAnonymizer(schema);
  const output = thorough(schema, value);
  const text = JSON.stringify(output);
  expect(JSON.stringify(anonymize(value))).toBe(text);
  expect(JSON.stringify(await anonymizeAsync(value, async () => {}))).toBe(text);
  expect(verify(output)).toEqual({ value: output, removed: [] });
  return output;
}
