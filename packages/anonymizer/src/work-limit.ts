import { AnonymizerError } from './anonymizer-error.js';
import type { Work } from './scrub/budget.js';

/** Creates a counter of steps that throws `ERR_WORK_LIMIT` once it exceeds `most`. */
export function createWorkLimit(most: number): Work {
  let taken = 0;
  return {
    // A text that would take more steps is not read to its end.
    limit: most,
    get steps(): number {
      return taken;
    },
    set steps(steps: number) {
      taken = steps;
      if (taken > most) {
        throw new AnonymizerError('ERR_WORK_LIMIT', `The value takes more than ${most} steps to verify.`);
      }
    },
  };
}
