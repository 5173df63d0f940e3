import { countingTests } from './counting.js';
import { historyTests } from './histories.js';
import { keepingTests } from './keeping.js';
import { namingTests } from './naming.js';
import type { ConformanceTest } from './store-under-test.js';

/** Tests that an adapter cannot pass, and why. */
export interface ConformanceSkip {
  readonly reason: string;
  readonly tests: readonly string[];
}

/** A test of the suite; `skipped` is the reason why this adapter does not run it. */
export interface SelectedTest extends ConformanceTest {
  readonly skipped: string | undefined;
}

/**
 * Returns the tests of the storage contract, for any test runner. Throws a `RangeError` for a skip that names no test.
 */
export function conformanceTests(skips: readonly ConformanceSkip[] = []): readonly SelectedTest[] {
  const tests = [...countingTests, ...namingTests, ...keepingTests, ...historyTests];
  const unknown = skips
    .flatMap((skip) => skip.tests)
    .find((name) => !tests.some((test) => test.name === name));
  if (unknown !== undefined) throw new RangeError(`No conformance test is called "${unknown}".`);
  return tests.map((test) => ({
    ...test,
    skipped: skips.find((skip) => skip.tests.includes(test.name))?.reason,
  }));
}
