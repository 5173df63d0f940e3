import { ReporterError } from '../errors.js';
import type { FileStore } from './file-store.js';

/** Creates a store for an installation without a state directory: it is empty, and refuses every write. */
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
