import { join } from 'node:path';
import type { ProductRegistration } from '@candor/collector';
import type { Question } from '@candor/dashboard';
import { fields, type JsonSchema } from '@candor/schema';
import { traefikV2, traefikV3 } from '@candor/traefik';
import { namesIn, type ProductFiles, readProductFiles, type Release } from './product-files.js';
import type { ProductSettings } from './settings/product-settings.js';
import type { Settings } from './settings/read-settings.js';

/** A registered product, with what its pages show beside its numbers. */
export interface Product extends ProductRegistration {
  /** The schemas of the field lists by digest, as far as they were given. */
  readonly schemas: ReadonlyMap<string, JsonSchema>;
  /** The questions of the features page, with the maintainer's headings. */
  readonly asked: readonly Question[];
  /** True if the field list is public. */
  readonly publicFields: boolean;
}

/** Reads all products: those of the data folder, and Traefik if it is enabled. Rejects with `ERR_FIELD_LIST`. */
export async function readProducts({
  data,
  traefik,
  products: known,
}: Pick<Settings, 'data' | 'traefik' | 'products'>): Promise<Product[]> {
  const found = new Map<string, ProductFiles>();
  const folder = productsFolder(data);
  for (const product of await namesIn(folder, (entry) => entry.isDirectory())) {
    const files = await readProductFiles(join(folder, product));
    if (files.releases.length > 0 || files.questions.length > 0) found.set(product, files);
  }
  if (traefik) found.set('traefik', withTraefik(found.get('traefik')));
  for (const product of Object.keys(known)) {
    if (!found.has(product)) found.set(product, { releases: [], questions: [] });
  }
  return [...found].map(([product, { releases, questions }]) => ({
    product,
    fieldLists: releases.map(({ list }) => list),
    schemas: new Map(
      releases.flatMap(({ list, schema }) => (schema === undefined ? [] : [[list.digest, schema] as const])),
    ),
    asked: questions.length > 0 ? questions : questionsOf(settingsOf(known, product)),
    ...settingsOf(known, product),
    publicFields: arePublic(releases, settingsOf(known, product)),
  }));
}

/** Returns the folder that contains a folder of files for each product. */
export function productsFolder(data: string): string {
  return join(data, 'products');
}

/** Returns the sections in the maintainer's questions of the settings. */
export function questionsOf({ questions = [] }: Partial<Pick<ProductSettings, 'questions'>>): Question[] {
  return [...new Set(questions.map(([path]) => path))].map((path) => ({ path }));
}

function arePublic(releases: readonly Release[], settings: Partial<ProductSettings>): boolean {
  return settings.publicFields ?? (settings.public === true || releases.at(-1)?.isShipped === true);
}

function withTraefik({ releases, questions }: ProductFiles = { releases: [], questions: [] }): ProductFiles {
  const own = [traefikV2, traefikV3].map((schema) => ({ list: fields(schema), schema, isShipped: true }));
  return { releases: [...own, ...releases], questions };
}

function settingsOf(known: Settings['products'], product: string): Partial<ProductSettings> {
  return Object.hasOwn(known, product) ? (known[product] ?? {}) : {};
}
