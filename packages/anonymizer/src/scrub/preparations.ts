import { domains } from './domains.js';
import { scrub } from './scrub.js';
import { plainTable } from './triggers.js';

// Each text needs expressions that the ones before do not need; an expression is compiled when a text first needs it.
const samples = ['a', '1', 'a.com', 'a: b', 'http://a.com/b', 'a@b.com', 'token=a', '10.0.0.1'];

/**
 * The work that the first text would otherwise cause: creating lists and compiling expressions. Together it takes as
 * long as hundreds of texts, so asynchronous anonymizing gives each part its own turn.
 */
export const preparations: readonly (() => void)[] = [
  domains,
  plainTable,
  ...samples.map((sample) => () => {
    scrub(sample);
  }),
];
