/** Counts the steps that scrubbing takes. */
export interface Work {
  steps: number;
  /** More steps than this and the text is masked whole; a text has a limit by its length as well. */
  readonly limit?: number;
}

// Twice what the costliest texts that the tests know take in one round; a text has at most four.
const stepsPerCharacter = 300;
const least = 100_000;

class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

/** Work whose limit is what a text of this length should take, or what is left of the work around it. */
export function createBudget(length: number, around?: Work): Required<Work> {
  const own = least + length * stepsPerCharacter;
  return { steps: 0, limit: Math.min(own, (around?.limit ?? Infinity) - (around?.steps ?? 0)) };
}

/** Counts steps, and throws once they are more than the limit. */
export function spend(work: Required<Work>, steps: number): void {
  work.steps += steps;
  if (work.steps > work.limit)
    throw new OverBudget('The text takes more steps than a text of its length should');
}

/** Returns true if `spend` threw the error. */
export function isOverBudget(error: unknown): boolean {
  return error instanceof OverBudget;
}
