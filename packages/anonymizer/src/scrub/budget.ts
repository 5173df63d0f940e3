import type { Work } from './scan.js';

// Twice what the costliest texts that the tests know take in one round; a text has at most four.
const stepsPerCharacter = 300;
const least = 100_000;

class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

/** Counts steps into `work` and throws once they are more than a text of this length should take. */
export function createBudget(length: number, work: Work = { steps: 0 }): Work {
  const limit = work.steps + least + length * stepsPerCharacter;
  return {
    get steps(): number {
      return work.steps;
    },
    set steps(steps: number) {
      work.steps = steps;
      if (steps > limit) throw new OverBudget('The text takes more steps than a text of its length should');
    },
  };
}

/** Returns true if `createBudget` threw the error. */
export function isOverBudget(error: unknown): boolean {
  return error instanceof OverBudget;
}
