import type { UsageWarning } from './usage-reporting.js';

/** Warnings to the host about what was left out. */
export interface Warnings {
  /** Warns once for each code. */
  warn(code: UsageWarning['code'], message: string): void;
  subscribe(listener: (warning: UsageWarning) => void): () => void;
}

/** Creates the warnings of one host. */
export function createWarnings(): Warnings {
  const listeners = new Set<(warning: UsageWarning) => void>();
  const warned = new Set<UsageWarning['code']>();
  return {
    warn(code, message): void {
      if (warned.has(code)) return;
      warned.add(code);
      for (const listener of listeners) {
        try {
          const result: unknown = listener({ type: 'warning', code, message });
          // An asynchronous listener that rejects would end the host, as an unhandled rejection does.
          Promise.resolve(result).catch(ignore);
        } catch {
          // A listener that throws must not stop `markFeatureUsed`.
        }
      }
    },
    subscribe(listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

// The reporter warns of such listeners, so this need not.
function ignore(): void {}
