import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Question } from '@candor/dashboard';
import { isProductName } from '@candor/protocol';
import { diffFields, type FieldList, fields, type JsonSchema, parseFieldList } from '@candor/schema';
import { ServerError } from './server-error.js';

/** The content of a product's folder. */
export interface ProductFiles {
  /** The newest last. */
  readonly releases: readonly Release[];
  /** The content of `questions.json`. */
  readonly questions: readonly Question[];
}

/** A field list (`*.fields.json`), and its schema (`*.schema.json`) if known. */
export interface Release {
  readonly list: FieldList;
  readonly schema?: JsonSchema | undefined;
  /** True if it comes with the server, so that it is public anyway. */
  readonly isShipped?: boolean | undefined;
}

/** Reads the folder of a product. Rejects with `ERR_FIELD_LIST`. */
export async function readProductFiles(folder: string): Promise<ProductFiles> {
  const files = await namesIn(folder, (entry) => entry.name.endsWith('.json'));
  const read = await Promise.all(
    files
      .filter((name) => name.endsWith('.fields.json'))
      .map(async (name) => {
        const path = join(folder, name);
        const list = await readFieldList(path);
        const beside = name.replace(/\.fields\.json$/, '.schema.json');
        const schema = files.includes(beside) ? await readSchema(join(folder, beside), list) : undefined;
        return { list, schema, kept: (await stat(path)).mtimeMs };
      }),
  );
  const questions = files.includes('questions.json')
    ? await readQuestions(join(folder, 'questions.json'))
    : [];
  return { releases: read.toSorted((one, other) => one.kept - other.kept), questions };
}

/**
 * Writes a field list to the folder of products, with its schema if there is one; resolves to the path of the list.
 * Rejects with `ERR_FIELD_LIST`, also if the schema exports something that the list does not name.
 */
export async function addFieldList(
  products: string,
  product: string,
  file: string,
  schemaFile?: string,
): Promise<string> {
  if (!isProductName(product)) {
    throw new ServerError('ERR_FIELD_LIST', 'A product name is lower-case letters, digits, ".", "_", "-".');
  }
  const list = await readFieldList(file);
  const schema = schemaFile === undefined ? undefined : await readSchema(schemaFile, list);
  const path = join(products, product, `${list.digest.slice(0, 16)}.fields.json`);
  await mkdir(join(products, product), { recursive: true, mode: 0o700 });
  if (schema !== undefined) await keep(path.replace(/\.fields\.json$/, '.schema.json'), schema);
  await keep(path, list);
  return path;
}

/** Writes a file atomically, since a server that watches the folder must not read half of it. */
async function keep(path: string, content: unknown): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(`${path}.new`, path);
}

/** Resolves to the names in a folder, which may be missing. Rejects with `ERR_FIELD_LIST`. */
export async function namesIn(
  folder: string,
  wanted: (entry: { name: string; isDirectory(): boolean }) => boolean,
): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(wanted)
      .map((entry) => entry.name)
      .toSorted();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return [];
    throw new ServerError('ERR_FIELD_LIST', `The folder ${folder} cannot be read (${code}).`, { cause });
  }
}

async function readFieldList(file: string): Promise<FieldList> {
  const content = await readJson(file);
  try {
    return parseFieldList(content);
  } catch (cause) {
    throw new ServerError('ERR_FIELD_LIST', `${file} is no field list: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

/** Reads the schema of a field list. */
async function readSchema(file: string, list: FieldList): Promise<JsonSchema> {
  const schema = (await readJson(file)) as JsonSchema;
  let own: FieldList;
  try {
    own = fields(schema);
  } catch (cause) {
    throw new ServerError('ERR_FIELD_LIST', `${file} is no schema: ${(cause as Error).message}.`, { cause });
  }
  const { added, changed } = diffFields(list, own);
  const [unlisted] = [...added, ...changed.map(({ after }) => after)];
  if (unlisted !== undefined) {
    const where = `${file} exports ${unlisted.path || 'its root'}`;
    throw new ServerError('ERR_FIELD_LIST', `${where}, which the field list does not name like that.`);
  }
  return schema;
}

async function readQuestions(file: string): Promise<Question[]> {
  const content = await readJson(file);
  if (Array.isArray(content) && content.every(isQuestion)) {
    return content.map(({ path, title }) => ({ path, title }));
  }
  throw new ServerError('ERR_FIELD_LIST', `${file}: expected a list of { "path": text, "title": text }.`);
}

function isQuestion(value: unknown): value is Question {
  if (typeof value !== 'object' || value === null) return false;
  const { path, title } = value as Record<string, unknown>;
  return typeof path === 'string' && (title === undefined || typeof title === 'string');
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ServerError('ERR_FIELD_LIST', `${file} cannot be read (${cause.code}).`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ServerError('ERR_FIELD_LIST', `${file} is not JSON.`, { cause });
  }
}
