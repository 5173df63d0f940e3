import { existsSync } from 'node:fs';
import { isCandorError } from '@candor/protocol';
import { parsePath } from '@candor/schema';
import { ServerError } from '../server-error.js';
import type { Settings } from '../settings/read-settings.js';
import { openStore, sqlitePath } from '../store.js';

/**
 * Deletes the facts at or below a path from rows and counts of every day. The embedded store must not be in use; a
 * running server does the same for `DELETE /v1/products/PRODUCT/facts?path=PATH`. Throws a `ServerError` or a
 * `StorageError`.
 */
export async function forget(settings: Settings, rest: readonly string[]): Promise<void> {
  const [product, path, ...others] = rest;
  if (product === undefined || path === undefined || others.length > 0 || parsePath(path).length === 0) {
    throw new ServerError('ERR_OPTION', 'Use: candor-server forget PRODUCT PATH');
  }
  const file = sqlitePath(settings);
  if (file !== undefined && !existsSync(file)) {
    throw new ServerError('ERR_OPTION', `There is no database ${file}; see the setting data.`);
  }
  const storage = await openStore(settings).catch((error: unknown) => {
    if (!isCandorError(error) || error.code !== 'ERR_STORAGE_LOCKED') throw error;
    throw new ServerError(
      'ERR_OPTION',
      `${error.message} A running server does it for DELETE /v1/products/${product}/facts?path=${path}`,
      { cause: error },
    );
  });
  try {
    // A mistyped product name must not look like success.
    const known = await storage.products();
    if (!known.some((one) => one.product === product)) {
      throw new ServerError('ERR_OPTION', `The store has no reports of ${product}.`);
    }
    await storage.forgetPath(product, path);
  } finally {
    await storage.close();
  }
  process.stdout.write(
    'Forgotten. Retire the field list that exports it, or it comes back with the next report.\n',
  );
}
