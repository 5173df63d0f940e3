import { createClickHouseStorage } from '@candor/storage-clickhouse';
import { sampleDay, sampleRecord, totals } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { clickHouseForTests } from '@candor/testing';

const server = clickHouseForTests();

it('says that a database is of a newer release, or of another program, and leaves it as it was', async () => {
  const database = `newer_${process.pid}`;
  const options = { url: server.url, database };
  await (await createClickHouseStorage(options)).close();
  await server.statement(`INSERT INTO ${database}.schema_version VALUES (99)`);
  await expect(createClickHouseStorage(options)).rejects.toMatchObject({
    code: 'ERR_STORAGE_SCHEMA',
    message: expect.stringContaining('99'),
  });
  await server.statement(`DROP TABLE ${database}.schema_version`);
  await expect(createClickHouseStorage(options)).rejects.toMatchObject({ code: 'ERR_STORAGE_SCHEMA' });
  await server.dropDatabase(database);
});

it('counts exactly when two collectors write the same reports and roll up at once', async () => {
  const database = `shared_${process.pid}`;
  const open = () => createClickHouseStorage({ url: server.url, database });
  const collectors = [await open(), await open()];
  await Promise.all(
    collectors.map(async (collector, own) => {
      for (let batch = 0; batch < 4; batch += 1) {
        const records = Array.from({ length: 25 }, (_, at) => sampleRecord(batch * 25 + at, batch % 2));
        await collector.append(records);
        if (batch === 1 + own) await collector.maintain({ today: sampleDay(2), retention: 35 });
      }
    }),
  );
  const expected = [0, 1].map((day) => [sampleDay(day), 50]);
  for (const collector of collectors) {
    expect(await totals(collector)).toEqual(expected);
    await collector.maintain({ today: sampleDay(3), retention: 35 });
    expect(await totals(collector)).toEqual(expected);
  }
  await Promise.all(collectors.map((collector) => collector.close()));
  await server.dropDatabase(database);
});

it('says that a server cannot be reached, and nothing of its address and password', async () => {
  const error = await createClickHouseStorage({ url: 'http://jane:secret@127.0.0.1:1' }).catch(
    (cause: unknown) => cause,
  );
  expect(error).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  expect(String((error as Error).stack)).not.toMatch(/secret|jane|127\.0/);
});
