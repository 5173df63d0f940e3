import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** The part of the `node:sqlite` API that this package uses. */
export type Database = Pick<DatabaseSyncInstance, 'exec' | 'prepare' | 'close'>;

type DatabaseModule = { readonly DatabaseSync: new (path: string) => Database };

/** The `node:sqlite` API: built in from Node 22.13 on, before that from `@photostructure/sqlite`. */
export async function loadDatabaseModule(): Promise<DatabaseModule> {
  // Not `import('node:sqlite')`: whether it exists must be known without an exception.
  const builtIn: unknown = process.getBuiltinModule?.('node:sqlite');
  return builtIn === undefined ? await import('@photostructure/sqlite') : (builtIn as DatabaseModule);
}
