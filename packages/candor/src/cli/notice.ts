import { notice } from '@candor/reporter';
import { reportedFields } from '../report/reported-fields.js';
import type { CliResult } from './cli-result.js';
import { type BesideOptions, fieldListOf } from './fields.js';
import { readSchema } from './schema-file.js';

/** What the notice mentions. */
export interface NoticeOptions extends BesideOptions {
  readonly product?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** Prints the first-run notice of a schema. */
export async function showNotice(name: string, options: NoticeOptions): Promise<CliResult> {
  const { product: usual } = await readSchema(name);
  const { product = usual ?? '<product>', endpoint = '<endpoint>' } = options;
  const list = reportedFields(await fieldListOf(name, options), []);
  return { code: 0, output: notice(list, { product, endpoint, command: `${product} usage` }), notes: '' };
}
