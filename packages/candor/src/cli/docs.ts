import { writeFile } from 'node:fs/promises';
import { type FieldList, parseFieldList } from '@candor/schema';
import { CandorError, codeOf } from '../candor-error.js';
import { collectedPage } from '../view/collected-page.js';
import type { CliResult } from './cli-result.js';
import { type BesideOptions, fieldListOf } from './fields.js';
import { type NamedSchema, readSchema } from './schema-file.js';

/** What the page mentions. */
export interface DocsOptions extends BesideOptions {
  readonly product?: string | undefined;
  /** The operator's command, such as `gateway usage`. */
  readonly command?: string | undefined;
}

const usual = 'collected.html';

/** Writes the page of what is collected, from a schema or from its field list. */
export async function writeDocs(
  name: string,
  path: string = usual,
  options: DocsOptions = {},
): Promise<CliResult> {
  const source = await readSchema(name);
  const { product = source.product ?? '<product>', command = `${product} usage` } = options;
  const list = keptList(source) ?? (await fieldListOf(name, options));
  try {
    await writeFile(path, collectedPage(list, { product, command }));
  } catch (error) {
    throw new CandorError('ERR_PAGE_FILE', `${path}: the page cannot be written${codeOf(error)}`);
  }
  return { code: 0, output: '', notes: `Wrote ${path}.\n` };
}

/** Returns the field list if a file of one was named in place of a schema. */
function keptList({ name, schema }: NamedSchema): FieldList | undefined {
  if (!name.endsWith('.json') || typeof schema !== 'object' || !('digest' in schema)) return undefined;
  try {
    return parseFieldList(schema);
  } catch (cause) {
    throw new CandorError('ERR_FIELDS_FILE', `${name}: this is no field list, or it was edited by hand`, {
      cause,
    });
  }
}
