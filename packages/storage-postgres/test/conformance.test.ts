import { createPostgresStorage } from '@candor/storage-postgres';
import { conformanceTests } from '@candor/storage/conformance';
import { describe, it } from 'vitest';
import { postgresForTests } from '@candor/testing';

describe('the storage contract on PostgreSQL', () => {
  const server = postgresForTests();
  for (const [at, { name, run, skipped }] of conformanceTests().entries()) {
    it.skipIf(skipped !== undefined)(
      name,
      async () => {
        const schema = `conformance_${process.pid}_${at}`;
        await run({ open: (rules) => createPostgresStorage({ url: server.url, schema, rules }) });
        await server.dropSchema(schema);
      },
      600_000,
    );
  }
});
