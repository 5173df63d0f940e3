import type { Collector } from '@candor/collector';
import type { Health, ProductInfo } from '@candor/dashboard';
import type { Product } from './products.js';

/**
 * Returns what the pages show of a product beside its numbers: the newest of its field lists, and its maintainer's
 * questions.
 */
export function productInfo(products: readonly Product[], name: string): ProductInfo | undefined {
  const known = products.find(({ product }) => product === name);
  if (known === undefined) return undefined;
  const { fieldLists, schemas, asked } = known;
  const list = fieldLists.at(-1);
  return {
    fields: list,
    schema: list === undefined ? undefined : schemas.get(list.digest),
    ...(asked.length > 0 && { questions: asked }),
  };
}

/** Returns the products whose field list is public. */
export function publicFields(products: readonly Product[]): ReadonlyMap<string, ProductInfo> {
  return new Map(
    products.flatMap(({ product, publicFields: isPublic, fieldLists }) => {
      const info = isPublic && fieldLists.length > 0 ? productInfo(products, product) : undefined;
      return info === undefined ? [] : [[product, info]];
    }),
  );
}

/** Returns what the health page shows of a collector. */
export function dashboardHealth(collector: Pick<Collector, 'stats' | 'refusals'>): Health {
  const { accepted, removed, refused } = collector.stats();
  const refusals = collector.refusals();
  return {
    accepted,
    removed,
    refused,
    uncounted: refusals
      .filter(({ reason }) => reason === 'uncounted')
      .reduce((sum, { count }) => sum + count, 0),
    unknown: refusals
      .filter(({ reason }) => reason === 'unknown-fields' || reason === 'unknown-product')
      .map(({ product, fields, count }) => ({ product, fields, count })),
  };
}
