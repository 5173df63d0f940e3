import { lint } from '@candor/schema/lint';
import type { CliResult } from './cli-result.js';
import { readSchema } from './schema-file.js';

/** Checks the tags of a schema; errors make it exit 1, warnings do not. */
export async function lintSchema(name: string): Promise<CliResult> {
  const { schema } = await readSchema(name);
  const issues = lint(schema);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const output = issues
    .map(({ severity, rule, message }) => `${severity.padEnd(7)}  ${message} (${rule})\n`)
    .join('');
  return {
    code: errors > 0 ? 1 : 0,
    output,
    notes: `${errors} errors, ${issues.length - errors} warnings\n`,
  };
}
