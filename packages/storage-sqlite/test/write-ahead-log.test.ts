import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Database, loadDatabaseModule } from '../src/database.js';
import { isWriteAheadLogDamaged } from '../src/write-ahead-log.js';
import { temporaryFolder } from './support/temporary-file.js';

const { DatabaseSync } = await loadDatabaseModule();
const header = 32;
const frame = 24 + 4096;

/** A database with its write-ahead log as a process leaves them that is killed. */
interface Left {
  readonly path: string;
  readonly log: Buffer;
}

/** Writes ten transactions of one page each, and what follows. */
function left(follow: (database: Database) => void = () => {}): Left {
  const folder = temporaryFolder();
  const [open, path] = [join(folder, 'open.db'), join(folder, 'left.db')];
  const database = new DatabaseSync(open);
  database.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  database.exec('CREATE TABLE kept (bytes BLOB)');
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (let row = 0; row < 10; row += 1) database.exec('INSERT INTO kept VALUES (randomblob(9))');
  follow(database);
  copyFileSync(open, path);
  const log = readFileSync(`${open}-wal`);
  database.close();
  return { path, log };
}

function isDamaged({ path }: Left, log: Buffer | string): boolean {
  writeFileSync(`${path}-wal`, log);
  return isWriteAheadLogDamaged(path);
}

/** Returns how many rows SQLite itself finds. */
function rowsOf({ path }: Left, log: Buffer): unknown {
  const copy = join(temporaryFolder(), 'copy.db');
  copyFileSync(path, copy);
  writeFileSync(`${copy}-wal`, log);
  const database = new DatabaseSync(copy);
  const found = database.prepare('SELECT count(*) AS rows FROM kept').get() as { rows: number };
  database.close();
  return found.rows;
}

function flipped(log: Buffer, at: number): Buffer {
  const changed = Buffer.from(log);
  changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
  return changed;
}

describe('a write-ahead log', () => {
  it('is whole where it is missing, is empty, or ends with its header', () => {
    const store = left();
    expect(isWriteAheadLogDamaged(store.path)).toBe(false);
    for (const log of ['', 'x'.repeat(header - 1), 'x'.repeat(header), store.log.subarray(0, header)]) {
      expect(isDamaged(store, log)).toBe(false);
    }
    expect(isDamaged(store, 'x'.repeat(header + 1))).toBe(true);
    expect(store.log).toHaveLength(header + 10 * frame);
    expect(isDamaged(store, store.log)).toBe(false);
  });

  it.each([0, 3, 9, 13, 17, 21, 25, 29])('is damaged where byte %i of its header has changed', (at) => {
    const store = left();
    expect(isDamaged(store, flipped(store.log, at))).toBe(true);
  });

  it.each([1, 5, 9, 13, 17, 21, 24, frame - 1])(
    'is damaged where byte %i of a frame has changed behind which others are, and SQLite says nothing',
    (at) => {
      const store = left();
      for (const [number, rows] of [
        [0, 0],
        [5, 5],
        [7, 7],
      ] as const) {
        const log = flipped(store.log, header + number * frame + at);
        expect([number, isDamaged(store, log), rowsOf(store, log)]).toEqual([number, true, rows]);
      }
    },
  );

  it('is whole where a power cut damaged or shortened the last transaction, of however many frames', () => {
    const one = left();
    expect(isDamaged(one, flipped(one.log, header + 9 * frame + 30))).toBe(false);
    expect(isDamaged(one, flipped(one.log, header + 8 * frame + 30))).toBe(true);
    expect(isDamaged(one, one.log.subarray(0, -1))).toBe(false);
    const long = left((database) => database.exec('INSERT INTO kept VALUES (randomblob(40000))'));
    expect(long.log.length).toBeGreaterThan(header + 15 * frame);
    expect(isDamaged(long, flipped(long.log, header + 10 * frame + 30))).toBe(false);
    expect(isDamaged(long, flipped(long.log, header + 9 * frame + 30))).toBe(true);
  });

  it('is whole where frames of an earlier use stand behind those of the present one', () => {
    const store = left((database) => {
      database.exec('PRAGMA wal_checkpoint(RESTART)');
      for (let row = 0; row < 2; row += 1) database.exec('INSERT INTO kept VALUES (randomblob(9))');
    });
    expect(store.log).toHaveLength(header + 10 * frame);
    expect(isDamaged(store, store.log)).toBe(false);
    expect(isDamaged(store, flipped(store.log, header + frame + 30))).toBe(false);
    expect(isDamaged(store, flipped(store.log, header + 30))).toBe(true);
  });

  it('is read with the checksums of a machine of the other byte order', () => {
    const store = left();
    const other = signedBigEndian(store.log);
    expect([isDamaged(store, other), rowsOf(store, other)]).toEqual([false, 10]);
    expect(isDamaged(store, flipped(other, header + 5 * frame + 30))).toBe(true);
    expect(isDamaged(store, flipped(other, 9))).toBe(true);
  });
});

/** Signs a log with checksums over big-endian words (https://sqlite.org/fileformat.html, section 4.2). */
function signedBigEndian(log: Buffer): Buffer {
  const signed = Buffer.from(log);
  let [first, second] = [0n, 0n];
  const add = (from: number, to: number): void => {
    for (let at = from; at < to; at += 8) {
      first = BigInt.asUintN(32, first + BigInt(signed.readUInt32BE(at)) + second);
      second = BigInt.asUintN(32, second + BigInt(signed.readUInt32BE(at + 4)) + first);
    }
  };
  const sign = (at: number): void => {
    signed.writeUInt32BE(Number(first), at);
    signed.writeUInt32BE(Number(second), at + 4);
  };
  signed.writeUInt32BE(0x377f0683, 0);
  add(0, 24);
  sign(24);
  for (let at = header; at < signed.length; at += frame) {
    add(at, at + 8);
    add(at + 24, at + frame);
    sign(at + 16);
  }
  return signed;
}
