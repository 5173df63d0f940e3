import { addFieldList } from '../product-files.js';
import { productsFolder } from '../products.js';
import { ServerError } from '../server-error.js';
import { openDataFolder } from '../settings/data-folder.js';
import type { Settings } from '../settings/read-settings.js';

/**
 * Registers a field list, whose reports are then accepted. A running server reads it within seconds. Rejects with a
 * `ServerError`.
 */
export async function productAdd(settings: Settings, rest: readonly string[]): Promise<void> {
  const [verb, product, file, schema, ...others] = rest;
  if (verb !== 'add' || product === undefined || file === undefined || others.length > 0) {
    throw new ServerError('ERR_OPTION', 'Use: candor-server product add NAME FILE [SCHEMA]');
  }
  const path = await addFieldList(productsFolder(await openDataFolder(settings.data)), product, file, schema);
  process.stdout.write(`${path}\nReports of ${product} by this field list are accepted.\n`);
}
