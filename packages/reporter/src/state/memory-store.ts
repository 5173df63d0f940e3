import type { Store } from './store.js';

/** Creates a store that lives as long as the process. */
export function createMemoryStore(text?: string): Store {
  return {
    read: () => Promise.resolve(text),
    compareAndSet: (expected, next) => {
      const unchanged = expected === text;
      if (unchanged) text = next;
      return Promise.resolve(unchanged);
    },
  };
}
