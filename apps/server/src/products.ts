import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProductRegistration } from '@candor/collector';
import { isProductName } from '@candor/protocol';
import { type FieldList, fields, parseFieldList } from '@candor/schema';
import { traefikV2, traefikV3 } from '@candor/traefik';
import { ServerError } from './server-error.js';
import type { ProductSettings, Settings } from './settings/read-settings.js';

/** Reads all products: those of the data folder, and Traefik where it is switched on. Throws `ERR_FIELD_LIST`. */
export async function readProducts({
  data,
  traefik,
  products: known,
}: Pick<Settings, 'data' | 'traefik' | 'products'>): Promise<ProductRegistration[]> {
  const found = await readFolder(productsFolder(data));
  if (traefik) {
    const own = found.get('traefik') ?? [];
    found.set('traefik', [fields(traefikV2), fields(traefikV3), ...own]);
  }
  for (const product of Object.keys(known)) if (!found.has(product)) found.set(product, []);
  return [...found].map(([product, fieldLists]) => ({ product, fieldLists, ...settingsOf(known, product) }));
}

/** Keeps a field list in the data folder and returns the file's path. Throws `ERR_FIELD_LIST`. */
export async function addFieldList(data: string, product: string, file: string): Promise<string> {
  if (!isProductName(product)) {
    throw new ServerError('ERR_FIELD_LIST', 'A product name is lower-case letters, digits, ".", "_", "-".');
  }
  const list = await readFieldList(file);
  const folder = join(productsFolder(data), product);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${list.digest.slice(0, 16)}.fields.json`);
  // A server that watches the folder must not read half a file.
  await writeFile(`${path}.new`, `${JSON.stringify(list, undefined, 2)}\n`);
  await rename(`${path}.new`, path);
  return path;
}

/** Returns the folder that holds a folder of field lists for each product. */
export function productsFolder(data: string): string {
  return join(data, 'products');
}

function settingsOf(known: Settings['products'], product: string): Partial<ProductSettings> {
  return Object.hasOwn(known, product) ? (known[product] ?? {}) : {};
}

async function readFolder(folder: string): Promise<Map<string, FieldList[]>> {
  const products = new Map<string, FieldList[]>();
  for (const product of await namesIn(folder, (entry) => entry.isDirectory())) {
    const files = await namesIn(join(folder, product), (entry) => entry.name.endsWith('.fields.json'));
    const lists = await Promise.all(files.map((file) => readFieldList(join(folder, product, file))));
    if (lists.length > 0) products.set(product, lists);
  }
  return products;
}

async function namesIn(
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
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ServerError('ERR_FIELD_LIST', `${file} cannot be read (${cause.code}).`, { cause });
  });
  try {
    return parseFieldList(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'it is not JSON' : (cause as Error).message;
    throw new ServerError('ERR_FIELD_LIST', `${file} is no field list: ${why}.`, { cause });
  }
}
