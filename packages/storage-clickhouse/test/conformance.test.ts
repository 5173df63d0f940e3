import { type ClickHouseStorageOptions, createClickHouseStorage } from '@candor/storage-clickhouse';
import { conformanceTests } from '@candor/storage/conformance';
import { describe, it } from 'vitest';
import { clickHouseForTests } from '@candor/testing';

describe.each<[string, Partial<ClickHouseStorageOptions>]>([
  ['one server', {}],
  ['a cluster, whose log is distributed', { cluster: 'main' }],
])('the storage contract on ClickHouse, %s', (_, options) => {
  const server = clickHouseForTests();
  for (const [at, { name, run, skipped }] of conformanceTests().entries()) {
    it.skipIf(skipped !== undefined)(
      name,
      async () => {
        const database = `conformance_${process.pid}_${at}`;
        await run({
          open: (rules) => createClickHouseStorage({ url: server.url, database, rules, ...options }),
        });
        await server.dropDatabase(database);
      },
      900_000,
    );
  }
});
