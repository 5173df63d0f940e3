import { ReporterError } from '../errors.js';
import type { FileStore } from './file-store.js';

/** A store for an installation that has no place for a state: nothing is there, and nothing can be kept. */
export function createUnavailableStore(): FileStore {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new ReporterError(
        'ERR_STATE_UNWRITABLE',
        'there is no home directory; name a directory by the option "state"',
      ),
    );
  return {
    read: () => Promise.resolve(undefined),
    compareAndSet: refuse,
    reset: refuse,
    tidy: () => Promise.resolve(),
  };
}
