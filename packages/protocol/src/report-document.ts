import type { Json, Report } from './report.js';

/** Where facts stand beside the configuration in a field list, in `deny`, and in answers. */
export const factsKey = '$facts';

/** Where the names of features stand. */
export const featuresKey = '$features';

/**
 * All that a report says as one document, as field lists describe it: the configuration, facts and features beside it.
 * Without those, it is the configuration itself.
 */
export function reportDocument({
  configuration,
  facts,
  features,
}: Pick<Report, 'configuration' | 'facts' | 'features'>): { readonly [key: string]: Json } {
  const isWhole = facts === undefined && features === undefined;
  // A copy of a large object costs more than parsing it.
  if (isWhole && !Object.hasOwn(configuration, factsKey) && !Object.hasOwn(configuration, featuresKey)) {
    return configuration;
  }
  const { [factsKey]: _, [featuresKey]: __, ...own } = configuration;
  return {
    ...own,
    ...(facts === undefined ? {} : { [factsKey]: facts }),
    ...(features === undefined ? {} : { [featuresKey]: [...features] }),
  };
}
