import { join } from 'node:path';
import type { Storage } from '@candor/storage';
import { createSqliteStorage } from '@candor/storage-sqlite';

/** Opens an empty store; `folder` is for its files. */
export const stores: Readonly<Record<string, (folder: string) => Promise<Storage>>> = {
  SQLite: (folder) => createSqliteStorage({ path: join(folder, 'candor.sqlite') }),
};
