import { createPostgresStorage } from '@candor/storage-postgres';
import { sampleDay, sampleFact, sampleContent, sampleRecord, totals } from '@candor/storage/conformance';
import { expect, it } from 'vitest';
import { postgresForTests, statements } from '@candor/testing';

const server = postgresForTests();

it('counts exactly when several collectors write, retry, roll up and forget at once', async () => {
  const schema = `shared_${process.pid}`;
  const open = () => createPostgresStorage({ url: server.url, schema });
  // All at once, so that migrations meet as well.
  const collectors = await Promise.all([open(), open(), open()]);
  const content = (number: number) => sampleContent([sampleFact('seed', number % 40), sampleFact('a')]);
  const batches = collectors.map(async (collector, own) => {
    for (let batch = 0; batch < 12; batch += 1) {
      const records = Array.from({ length: 50 }, (_, at) => {
        // Every report is sent to two of the three.
        const id = ((own + (at % 2)) % 3) * 10_000 + batch * 25 + Math.floor(at / 2);
        return sampleRecord(id, batch % 3, { version: `1.${id % 7}.0`, content: content(id) });
      });
      await collector.append(records);
      if (batch % 4 === own) await collector.maintain({ today: sampleDay(3), retention: 35 });
    }
  });
  await Promise.all(batches);
  const [first, second] = collectors;
  const expected = [0, 1, 2].map((day) => [sampleDay(day), (3 * 12 * 25) / 3]);
  expect(await totals(first!)).toEqual(expected);
  expect(
    await Promise.all(collectors.map((one) => one.maintain({ today: sampleDay(4), retention: 35 }))),
  ).toContainEqual({ rolledUp: 0, expired: 0 });
  expect(await totals(second!)).toEqual(expected);
  expect(await totals(second!, { where: [{ path: 'a' }] })).toEqual(expected);

  // What one collector remembers by number, another one deletes.
  await Promise.all([first!.append([sampleRecord(77_777, 5, { content: content(1) })]), second!.check()]);
  await second!.forgetPath('gateway', 'a');
  await first!.append([sampleRecord(77_778, 5, { content: content(1) })]);
  expect(await totals(second!, { where: [{ path: 'a' }] })).toEqual([[sampleDay(5), 1]]);
  await second!.forget(sampleRecord(77_778, 5).id);
  await first!.append([sampleRecord(77_779, 5, { content: content(1) })]);
  expect(await totals(second!, { where: [{ path: 'a' }] })).toEqual([[sampleDay(5), 1]]);
  await Promise.all(collectors.map((one) => one.close()));
  await server.dropSchema(schema);
});

it('says that a database is of a newer release, or of another program, and leaves it as it was', async () => {
  const schema = `newer_${process.pid}`;
  const options = { url: server.url, schema };
  await (await createPostgresStorage(options)).close();
  await statements(server.url, `UPDATE ${schema}.schema_version SET version = 99`);
  await expect(createPostgresStorage(options)).rejects.toMatchObject({
    code: 'ERR_STORAGE_SCHEMA',
    message: expect.stringContaining('99'),
  });
  await statements(server.url, `DROP TABLE ${schema}.schema_version`);
  await expect(createPostgresStorage(options)).rejects.toMatchObject({ code: 'ERR_STORAGE_SCHEMA' });
  await server.dropSchema(schema);
});

it('says that a server cannot be reached, and nothing of its address and password', async () => {
  const url = 'postgres://jane:secret@127.0.0.1:1/reports';
  const error = await createPostgresStorage({ url }).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  expect(String((error as Error).stack)).not.toMatch(/secret|jane|127\.0/);
});

it('says that a database does not exist', async () => {
  const url = new URL(server.url);
  url.pathname = '/nowhere';
  await expect(createPostgresStorage({ url: url.href })).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringContaining('does not exist'),
  });
});
