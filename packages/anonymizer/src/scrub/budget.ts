/** Counts the steps that scrubbing takes. */
export interface Work {
  steps: number;
  /** With more steps than this the text is masked as a whole; each text also has a limit by its length. */
  readonly limit?: number;
}

// Twice the steps of the costliest known texts in the tests in one round; a text has at most four rounds.
const stepsPerCharacter = 300;
const least = 100_000;

class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

/** Returns work with the limit for a text of this length, or the remaining limit of the work around it. */
export function createBudget(length: number, around?: Work): Required<Work> {
  const own = least + length * stepsPerCharacter;
  return { steps: 0, limit: Math.min(own, (around?.limit ?? Infinity) - (around?.steps ?? 0)) };
}

/** Counts steps, and throws once they exceed the limit. */
export function spend(work: Required<Work>, steps: number): void {
  work.steps += steps;
  if (work.steps > work.limit)
    throw new OverBudget('The text takes more steps than a text of its length should');
}

/** Returns true if `spend` threw the error. */
export function isOverBudget(error: unknown): boolean {
  return error instanceof OverBudget;
}
