import type { Collector, ProductRegistration } from '@candor/collector';
import type { Health, ProductInfo, Question } from '@candor/dashboard';
import type { FieldList } from '@candor/schema';
import type { ProductSettings, Settings } from './settings/read-settings.js';

/** What the pages say of a product beside its numbers: the newest of its field lists, and what its maintainer asks. */
export function productInfo(
  products: readonly ProductRegistration[],
  settings: Pick<Settings, 'products'>,
  name: string,
): ProductInfo | undefined {
  const known = products.find(({ product }) => product === name);
  if (known === undefined) return undefined;
  const list = known.fieldLists.at(-1);
  const asked = Object.hasOwn(settings.products, name) ? settings.products[name] : undefined;
  const questions = asked === undefined ? [] : questionsOf(asked, list);
  return { fields: list, ...(questions.length > 0 && { questions }) };
}

/** The sections that a maintainer asks about, headed by the reason that the field list gives. */
export function questionsOf({ questions }: Pick<ProductSettings, 'questions'>, list?: FieldList): Question[] {
  const paths = new Set(questions.map(([path]) => path));
  return [...paths].map((path) => ({
    title: list?.fields.find((field) => field.path === path)?.why ?? path,
    path,
  }));
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
