import type { Timers } from '../clock.js';
import { ReporterError } from '../errors.js';
import { within } from '../within.js';
import type { ResettableStore } from './store.js';

const patience = 10_000;

/** Limits the time of each call to a store, so that one that never answers does not block the host. */
export function boundedStore(store: ResettableStore, timers: Timers): ResettableStore {
  const { reset } = store;
  return {
    read: () => bounded(() => store.read()),
    compareAndSet: (expected, next) => bounded(() => store.compareAndSet(expected, next)),
    ...(reset !== undefined && { reset: (next) => bounded(() => reset.call(store, next)) }),
  };

  async function bounded<T>(work: () => Promise<T>): Promise<T> {
    const late = (): ReporterError =>
      new ReporterError('ERR_STATE_TIMEOUT', `no answer in ${patience / 1000} seconds`);
    return within(timers, patience, work(), late);
  }
}
