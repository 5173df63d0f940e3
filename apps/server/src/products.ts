import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProductRegistration } from '@candor/collector';
import { type FieldList, fields, parseFieldList } from '@candor/schema';
import { traefikV2, traefikV3 } from '@candor/traefik';
import { ServerError } from './server-error.js';

/** Traefik, with the field lists of 2.11 and 3.7. */
export function traefikProduct(): ProductRegistration {
  return { product: 'traefik', fieldLists: [fields(traefikV2), fields(traefikV3)] };
}

/**
 * Reads the products whose field lists lie in `<folder>/<product>/*.fields.json`; none when there is no such folder.
 * Throws `ERR_FIELD_LIST` for a file that cannot be read or is no field list.
 */
export async function readProducts(folder: string): Promise<ProductRegistration[]> {
  const products: ProductRegistration[] = [];
  for (const product of await namesIn(folder, (entry) => entry.isDirectory())) {
    const files = await namesIn(join(folder, product), (entry) => entry.name.endsWith('.fields.json'));
    const fieldLists = await Promise.all(files.map((file) => readFieldList(join(folder, product, file))));
    if (fieldLists.length > 0) products.push({ product, fieldLists });
  }
  return products;
}

/** Field lists of a product that is known already are added to it. */
export function mergeProducts(products: readonly ProductRegistration[]): ProductRegistration[] {
  const merged = new Map<string, ProductRegistration>();
  for (const one of products) {
    const known = merged.get(one.product);
    const fieldLists = [...(known?.fieldLists ?? []), ...one.fieldLists];
    merged.set(one.product, { ...known, ...one, fieldLists });
  }
  return [...merged.values()];
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
