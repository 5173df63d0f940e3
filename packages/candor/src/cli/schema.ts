import { toJsonSchema } from '@candor/schema';
import type { CliResult } from './cli-result.js';
import { readSchema } from './schema-file.js';

/** Prints a schema as JSON Schema, such as a collector takes beside the field list. */
export async function printSchema(name: string): Promise<CliResult> {
  const { schema } = await readSchema(name);
  return { code: 0, output: `${JSON.stringify(toJsonSchema(schema), undefined, 2)}\n`, notes: '' };
}
