import { scrub } from './scrub.js';
import { topLevelDomains } from './top-level-domains.js';

// Each needs expressions that those before it do not need; an expression is compiled when a text first needs it.
const samples = ['a', '1', 'a.com', 'a: b', 'http://a.com/b', 'a@b.com', 'token=a', '10.0.0.1'];

/**
 * What the first text would do beside its own work: make lists and compile expressions. Together that takes as long as
 * hundreds of texts, so where there are turns each of these has its own.
 */
export const preparations: readonly (() => void)[] = [
  topLevelDomains,
  ...samples.map((sample) => () => {
    scrub(sample);
  }),
];
