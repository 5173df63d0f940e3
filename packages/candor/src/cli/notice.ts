import { notice } from '@candor/reporter';
import { fields } from '@candor/schema';
import { reportedFields } from '../report/reported-fields.js';
import type { CliResult } from './cli-result.js';
import { readSchema } from './schema-file.js';

/** Prints the text of a first run for a schema. */
export async function showNotice(
  name: string,
  options: { readonly product?: string; readonly endpoint?: string },
): Promise<CliResult> {
  const { schema, product: usual } = await readSchema(name);
  const { product = usual ?? '<product>', endpoint = '<endpoint>' } = options;
  const list = reportedFields(fields(schema), []);
  return { code: 0, output: notice(list, { product, endpoint, command: `${product} usage` }), notes: '' };
}
