import type { PublicWeek } from './table.js';

/** Stores published weeks: once published, a week stays as it is, so that noise is never drawn twice. */
export interface PublicArchive {
  /** Resolves to the weeks of a product that were published or found too small, by their first day. */
  read(product: string): Promise<ReadonlyMap<string, PublicWeek | null>>;
  /** Stores a week; null if the product was too small. If two are written at once, the first one stays. */
  write(product: string, firstDay: string, week: PublicWeek | null): Promise<void>;
}

/** Creates an archive in memory, for tests and trials. */
export function createMemoryArchive(): PublicArchive {
  const products = new Map<string, Map<string, PublicWeek | null>>();
  return {
    read: (product) => Promise.resolve(new Map(products.get(product))),
    write(product, firstDay, week) {
      const weeks = products.get(product) ?? new Map<string, PublicWeek | null>();
      products.set(product, weeks);
      if (!weeks.has(firstDay)) weeks.set(firstDay, week);
      return Promise.resolve();
    },
  };
}
