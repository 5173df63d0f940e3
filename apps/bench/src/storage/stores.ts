import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Storage } from '@candor/storage';
import { createClickHouseStorage } from '@candor/storage-clickhouse';
import { createPostgresStorage } from '@candor/storage-postgres';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { createClickHouse, createPostgres, statements } from '@candor/testing';

/** An empty store, and what it takes on disk. */
export interface OpenedStore {
  readonly storage: Storage;
  bytes(): Promise<number>;
  /** Ends the database behind it. */
  end(): Promise<void>;
}

/** Opens an empty store with a database of its own; `folder` is for its files. */
export const stores: Readonly<Record<string, (folder: string) => Promise<OpenedStore>>> = {
  SQLite: async (folder) => ({
    storage: await createSqliteStorage({ path: join(folder, 'candor.sqlite') }),
    async bytes() {
      const files = await readdir(folder);
      const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    end: async () => {},
  }),
  PostgreSQL: async () => {
    const server = await createPostgres();
    return {
      storage: await createPostgresStorage({ url: server.url }),
      async bytes() {
        const [row] = await statements(
          server.url,
          `SELECT sum(pg_total_relation_size(oid)) AS size FROM pg_class
           WHERE relnamespace = 'candor'::regnamespace AND relkind = 'r'`,
        );
        return Number(row?.size);
      },
      end: () => server.remove(),
    };
  },
  ClickHouse: async () => {
    const server = await createClickHouse();
    return {
      storage: await createClickHouseStorage({ url: server.url }),
      async bytes() {
        const query = `SELECT sum(bytes_on_disk) FROM system.parts WHERE database = 'candor' AND active`;
        return Number(await (await fetch(server.url, { method: 'POST', body: query })).text());
      },
      end: () => server.remove(),
    };
  },
};
