import type { Collector, ProductRegistration } from '@candor/collector';
import type { Health, ProductInfo } from '@candor/dashboard';

/** What the pages say of a product beside its numbers: the newest of its field lists. */
export function productInfo(products: readonly ProductRegistration[], name: string): ProductInfo | undefined {
  const known = products.find(({ product }) => product === name);
  return known === undefined ? undefined : { fields: known.fieldLists.at(-1) };
}

/** What the health page shows of a collector. */
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
