import { join } from 'node:path';
import type { Storage } from '@candor/storage';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { ServerError } from './server-error.js';
import type { Settings } from './settings/read-settings.js';

/** Opens the store that the settings name. Throws `ERR_OPTION`, or a `StorageError`. */
export async function openStore({ data, store }: Pick<Settings, 'data' | 'store'>): Promise<Storage> {
  const [, scheme, rest = ''] = /^([a-z]+):(.+)$/s.exec(store ?? 'sqlite:candor.sqlite') ?? [];
  switch (scheme) {
    case 'sqlite':
      // A path that is not absolute lies in the data folder.
      return await createSqliteStorage({ path: rest.startsWith('/') ? rest : join(data, rest) });
    default:
      throw new ServerError('ERR_OPTION', 'store must be a URL that begins with sqlite:.');
  }
}
