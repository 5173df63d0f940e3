import type { Logger } from 'pino';
import { errorFields } from './error-fields.js';
import { type Product, readProducts } from './products.js';
import type { Settings } from './settings/read-settings.js';

/** What reading products again needs. */
export interface ReloadContext {
  readonly settings: Settings;
  /** Reads the settings again. Where it is left out, they stay as they are. */
  readonly reread?: (() => Settings) | undefined;
  readonly log: Logger;
}

/** Reads products again. What is wrong is logged, and then all stays as it was. */
export interface Reload {
  /** Their field lists. */
  fieldLists(): Promise<void>;
  /** Their field lists, and what the settings say of them. */
  all(): Promise<void>;
}

/** Creates what reads products again and gives them to `setProducts`. */
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
  // One after the other, so that what was read first cannot replace what was read later.
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
