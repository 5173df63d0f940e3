import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { sampleDay, sampleRecord, totals, withStorage } from '@candor/storage/conformance';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSqliteStorage } from '@candor/storage-sqlite';
import { loadDatabaseModule } from '../src/database.js';
import { temporaryFiles } from './support/temporary-file.js';

const newFile = temporaryFiles();
const { DatabaseSync } = await loadDatabaseModule();

async function opening(path: string): Promise<unknown> {
  return createSqliteStorage({ path }).then(
    (storage) => storage.close(),
    (error: unknown) => error,
  );
}

describe('opening a SQLite store', () => {
  it('says that the folder is missing', async () => {
    const path = `${newFile()}/missing/reports.db`;
    expect(await opening(path)).toMatchObject({
      code: 'ERR_STORAGE_OPEN',
      message: expect.stringContaining(path),
      cause: expect.objectContaining({ message: expect.stringContaining('ENOENT') }),
    });
  });

  it('says that a file is no database, and leaves it as it was', async () => {
    const path = newFile();
    const text = 'not a database '.repeat(500);
    writeFileSync(path, text);
    expect(await opening(path)).toMatchObject({ code: 'ERR_STORAGE_CORRUPT' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it("says that a database is another program's, and leaves it as it was", async () => {
    const path = newFile();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE customers (name TEXT)');
    other.close();
    const before = readFileSync(path);
    expect(await opening(path)).toMatchObject({ code: 'ERR_STORAGE_SCHEMA' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('says that a database is of a newer release', async () => {
    const path = newFile();
    await (await createSqliteStorage({ path })).close();
    const later = new DatabaseSync(path);
    later.exec('PRAGMA user_version = 99');
    later.close();
    expect(await opening(path)).toMatchObject({
      code: 'ERR_STORAGE_SCHEMA',
      message: expect.stringContaining('99'),
    });
  });

  it('says that another one has the database open, and opens it when that has closed it', async () => {
    const path = newFile();
    const first = await createSqliteStorage({ path });
    expect(await opening(path)).toMatchObject({ code: 'ERR_STORAGE_LOCKED' });
    await first.close();
    await (await createSqliteStorage({ path })).close();
  });

  it('says that a database is damaged', async () => {
    const path = newFile();
    await withStorage({ open: () => createSqliteStorage({ path }) }, (storage) =>
      storage.append(Array.from({ length: 2000 }, (_, at) => sampleRecord(at, at % 5))),
    );
    const file = openSync(path, 'r+');
    for (let at = 8192; at < statSync(path).size; at += 512) writeSync(file, 'damage '.repeat(20), at);
    closeSync(file);
    const broken = async (): Promise<void> => {
      await createSqliteStorage({ path });
    };
    await expect(broken()).rejects.toMatchObject({
      code: 'ERR_STORAGE_CORRUPT',
      message: expect.stringContaining('backup'),
    });
  });

  it('says that the write-ahead log of a process that was killed is damaged, and leaves it as it was', async () => {
    const path = newFile();
    const copy = newFile();
    await withStorage({ open: () => createSqliteStorage({ path }) }, async (storage) => {
      for (let id = 0; id < 40; id += 1) await storage.append([sampleRecord(id, 0)]);
      copyFileSync(path, copy);
      copyFileSync(`${path}-wal`, `${copy}-wal`);
    });
    const log = readFileSync(`${copy}-wal`);
    const damages = [0, 9, 20, 33, 300, Math.floor(log.length / 2)];
    for (const at of damages) {
      const damaged = Buffer.from(log);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x10, at);
      writeFileSync(`${copy}-wal`, damaged);
      expect(await opening(copy), `byte ${at}`).toMatchObject({
        code: 'ERR_STORAGE_CORRUPT',
        message: expect.stringContaining('write-ahead log'),
      });
      expect(readFileSync(`${copy}-wal`).equals(damaged)).toBe(true);
    }
    // Whole, or with an unfinished transaction at its end as a power cut leaves it, it is read.
    for (const end of [log, Buffer.concat([log, log.subarray(32, 5000)])]) {
      writeFileSync(`${copy}-wal`, end);
      const stored = newFile();
      copyFileSync(copy, stored);
      copyFileSync(`${copy}-wal`, `${stored}-wal`);
      await withStorage({ open: () => createSqliteStorage({ path: stored }) }, async (storage) => {
        expect(await totals(storage)).toEqual([[sampleDay(0), 40]]);
      });
    }
  });

  describe('a file of which something was changed or lost', () => {
    const whole = newFile();
    const reports = 600;
    beforeAll(async () => {
      await withStorage({ open: () => createSqliteStorage({ path: whole }) }, (storage) =>
        storage.append(Array.from({ length: reports }, (_, at) => sampleRecord(at, at % 5))),
      );
    });
    const damagedCopy = (damage: (file: Buffer) => Buffer): string => {
      const path = newFile();
      writeFileSync(path, damage(readFileSync(whole)));
      return path;
    };
    const flipped = (at: number) => (file: Buffer) => {
      file.writeUInt8(file.readUInt8(at) ^ 0xff, at);
      return file;
    };

    it.each([
      ['the name of the format', flipped(3)],
      ['the page size', flipped(16)],
      ['the format that is needed to read', flipped(19)],
      ['the encoding of texts', flipped(59)],
      ['the kind of the first page', flipped(100)],
      ['the place of the tables', flipped(108)],
      ['its last page', (file: Buffer) => file.subarray(0, -4096)],
      ['half of a page', (file: Buffer) => file.subarray(0, -2048)],
      ['its second half', (file: Buffer) => file.subarray(0, file.length / 2)],
      ['all but its first page', (file: Buffer) => file.subarray(0, 4096)],
      ['all but the beginning of its header', (file: Buffer) => file.subarray(0, 50)],
    ])('is refused with how to restore it: %s', async (_name, damage) => {
      expect(await opening(damagedCopy(damage))).toMatchObject({
        code: 'ERR_STORAGE_CORRUPT',
        message: expect.stringContaining('backup'),
      });
    });

    it('is refused when the head of a page is damaged, or has lost nothing', async () => {
      const pages = statSync(whole).size / 4096;
      for (let page = 1; page < pages; page += 3) {
        const path = damagedCopy(flipped(page * 4096 + [0, 3, 5, 8][page % 4]!));
        const failure = await opening(path);
        if (failure === undefined) {
          await withStorage({ open: () => createSqliteStorage({ path }) }, async (storage) => {
            const found = (await totals(storage)).reduce((sum, [, total]) => sum + total, 0);
            expect(found, `page ${page}`).toBe(reports);
          });
        } else expect(failure, `page ${page}`).toMatchObject({ code: 'ERR_STORAGE_CORRUPT' });
      }
    });
  });

  it('is for one process, and gathers what is appended by itself', async () => {
    const storage = await createSqliteStorage({ path: newFile() });
    expect(storage.capabilities).toEqual({ shared: false, gathers: true });
    await storage.close();
    await expect(storage.products()).rejects.toMatchObject({
      code: 'ERR_STORAGE_CLOSED',
      message: expect.stringMatching(/^The database .* has been closed\.$/),
    });
  });

  it('takes an empty file for a new database', async () => {
    const path = newFile();
    writeFileSync(path, '');
    truncateSync(path);
    expect(await opening(path)).toBeUndefined();
  });

  it('keeps the whole store in one file once it is closed, which only its owner may read', async () => {
    const path = newFile();
    const storage = await createSqliteStorage({ path });
    await storage.append([sampleRecord(1, 0)]);
    const modes = [path, `${path}-wal`, `${path}-lock`].map((file) => statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    await storage.close();
    expect(() => statSync(`${path}-wal`)).toThrow('ENOENT');
    expect(statSync(`${path}-lock`).size).toBe(0);
  });

  it('lets others read the file while it is open', async () => {
    const path = newFile();
    await withStorage({ open: () => createSqliteStorage({ path }) }, async (storage) => {
      await storage.append([sampleRecord(1, 0)]);
      const reader = new DatabaseSync(path);
      expect(reader.prepare('SELECT count(*) AS rows FROM log').get()).toEqual({ rows: 1 });
      reader.close();
    });
  });
});
