import type { Logger } from 'pino';
import { errorFields } from './error-fields.js';
import { type Product, readProducts } from './products.js';
import type { Settings } from './settings/read-settings.js';

/** What reloading products needs. */
export interface ReloadContext {
  readonly settings: Settings;
  /** Reads the settings again. Without it, they stay as they are. */
  readonly reread?: (() => Settings) | undefined;
  readonly log: Logger;
}

/** Reads products again. On an error, it logs the reason and everything stays as it was. */
export interface Reload {
  /** Reads their field lists. */
  fieldLists(): Promise<void>;
  /** Reads their field lists and settings. */
  all(): Promise<void>;
}

/** Creates the functions that read products again and pass them to `setProducts`. */
export function createReload(
  { settings, reread, log }: ReloadContext,
  setProducts: (products: readonly Product[]) => void,
): Reload {
  let { products } = settings;
  const read = async (): Promise<void> => {
    try {
      const found = await readProducts({ ...settings, products });
      setProducts(found);
      log.info({ products: found.map(({ product }) => product) }, 'field lists were read again');
    } catch (error) {
      log.error(errorFields(error), 'field lists stay as they were');
    }
  };
  let last = Promise.resolve();
  // One after the other, so that an earlier read cannot replace a later one.
  const fieldLists = (): Promise<void> => (last = last.then(read));
  return {
    fieldLists,
    async all() {
      try {
        products = reread?.().products ?? products;
      } catch (error) {
        log.error(errorFields(error), 'the settings of products stay as they were');
        return;
      }
      await fieldLists();
    },
  };
}
