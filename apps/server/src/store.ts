import { isAbsolute, join } from 'node:path';
import type { Storage } from '@candor/storage';
import { ServerError } from './server-error.js';
import type { Settings } from './settings/read-settings.js';

type Where = Pick<Settings, 'data' | 'store'>;

/** Opens the store of the settings. Rejects with `ERR_OPTION`, or a `StorageError`. */
export async function openStore(where: Where): Promise<Storage> {
  const path = sqlitePath(where);
  // Drivers are loaded on demand, since a server needs only one.
  if (path !== undefined) {
    const { createSqliteStorage } = await import('@candor/storage-sqlite');
    return await createSqliteStorage({ path });
  }
  if (where.store !== undefined && /^postgres(?:ql)?:\/\//.test(where.store)) {
    const { createPostgresStorage } = await import('@candor/storage-postgres');
    return await createPostgresStorage({ url: where.store });
  }
  const http = where.store?.replace(/^clickhouse(s?):/, 'http$1:');
  if (http !== where.store && http !== undefined && URL.canParse(http)) {
    const { createClickHouseStorage } = await import('@candor/storage-clickhouse');
    const url = new URL(http);
    const database = url.pathname.slice(1) || undefined;
    const cluster = url.searchParams.get('cluster') ?? undefined;
    url.pathname = '/';
    url.searchParams.delete('cluster');
    return await createClickHouseStorage({ url: url.href, database, cluster });
  }
  throw new ServerError(
    'ERR_OPTION',
    'store must be a URL that begins with sqlite:, postgres:// or clickhouse://.',
  );
}

/** Returns the file of the embedded store; undefined for another store. A relative path is in the data folder. */
export function sqlitePath({ data, store = 'sqlite:candor.sqlite' }: Where): string | undefined {
  if (!store.startsWith('sqlite:') || store === 'sqlite:') return undefined;
  const path = store.slice('sqlite:'.length);
  return isAbsolute(path) ? path : join(data, path);
}
