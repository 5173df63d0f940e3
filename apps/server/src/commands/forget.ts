import { parsePath } from '@candor/schema';
import { ServerError } from '../server-error.js';
import type { Settings } from '../settings/read-settings.js';
import { openStore } from '../store.js';

/**
 * Takes what was said at or below a path out of rows and counts of every day. The embedded store must not be in use;
 * a running server does the same for `DELETE /v1/products/PRODUCT/facts?path=PATH`. Throws a `ServerError` or a `StorageError`.
 */
export async function forget(settings: Settings, rest: readonly string[]): Promise<void> {
  const [product, path, ...others] = rest;
  if (product === undefined || path === undefined || others.length > 0 || parsePath(path).length === 0) {
    throw new ServerError('ERR_OPTION', 'Use: candor-server forget PRODUCT PATH');
  }
  const storage = await openStore(settings);
  try {
    await storage.forgetPath(product, path);
  } finally {
    await storage.close();
  }
  process.stdout.write(
    'Forgotten. Retire the field list that exports it, or it comes back with the next report.\n',
  );
}
