import type { CountingRules } from '../counting-rules.js';
import type { Storage } from '../storage.js';

/** A store that a conformance test may open, close and reopen. It is empty at first. */
export interface StoreUnderTest {
  /** Opens the store; if the adapter allows one user at a time, the test closes it before it opens it again. */
  open(rules?: Partial<CountingRules>): Promise<Storage>;
}

/** A test of one promise of the contract. */
export interface ConformanceTest {
  readonly name: string;
  /** Rejects with an `AssertionError` if the store breaks the promise. */
  readonly run: (store: StoreUnderTest) => Promise<void>;
}

/** Opens the store while `use` runs. */
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
