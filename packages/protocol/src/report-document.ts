import type { Json, Report } from './report.js';

/** The key of the facts, in field lists, in `deny`, and in responses. */
export const factsKey = '$facts';

/** The key of the feature names. */
export const featuresKey = '$features';

/**
 * Returns the content of a report as one document, as field lists describe it: the configuration, with facts and
 * features in it. Without those, it is the configuration itself.
 */
export function reportDocument({
  configuration,
  facts,
  features,
}: Pick<Report, 'configuration' | 'facts' | 'features'>): { readonly [key: string]: Json } {
  const isWhole = facts === undefined && features === undefined;
  // Avoids a copy, which costs more than parsing for a large object.
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
