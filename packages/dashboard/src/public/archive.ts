import type { PublicWeek } from './table.js';

/** Where published weeks are kept: what was published once stays as it is, so that nobody draws noise twice. */
export interface PublicArchive {
  /** The weeks of a product that were published or found too small, by their first day. */
  read(product: string): Promise<ReadonlyMap<string, PublicWeek | null>>;
  /** Keeps a week; null where the product was too small. Keeps the first one where two are written at once. */
  write(product: string, firstDay: string, week: PublicWeek | null): Promise<void>;
}

/** Creates an archive that lasts as long as the process; for tests and trials. */
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
