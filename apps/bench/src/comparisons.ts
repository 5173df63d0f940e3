import { anonymizeComparison } from './anonymize/anonymize.js';
import type { Comparison } from './frame/comparison.js';
import { hashComparison } from './hash/hash.js';
import { loadComparison } from './load/load.js';
import { scrubComparison } from './scrub/scrub.js';

/** The comparisons whose variants are measured in processes of their own. */
export const comparisons: readonly Comparison[] = [
  anonymizeComparison,
  hashComparison,
  loadComparison,
  scrubComparison,
];
