import type { CountingRules } from '../counting-rules.js';
import type { Storage } from '../storage.js';

/** One store that a conformance test may open, close and open again. It is empty at first. */
export interface StoreUnderTest {
  /** Opens the store; where the adapter allows one user at a time, the test has closed the last one before. */
  open(rules?: Partial<CountingRules>): Promise<Storage>;
}

/** One promise of the contract, and how to find out whether a store keeps it. */
export interface ConformanceTest {
  readonly name: string;
  /** Rejects with an `AssertionError` when the store breaks the promise. */
  readonly run: (store: StoreUnderTest) => Promise<void>;
}

/** Opens the store for as long as `use` takes. */
export async function withStorage<Result>(
  store: StoreUnderTest,
  use: (storage: Storage) => Promise<Result>,
  rules?: Partial<CountingRules>,
): Promise<Result> {
  const storage = await store.open(rules);
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}
