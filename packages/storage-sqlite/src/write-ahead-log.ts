import { existsSync, readFileSync } from 'node:fs';

/**
 * Returns true if a write-ahead log is damaged: durable transactions follow a frame that cannot be read.
 *
 * SQLite silently stops reading at the first frame with a wrong checksum, since a power cut leaves such a frame at the
 * end. But each transaction is on disk before the next one begins, so a power cut damages only the last one: if two or
 * more follow, the damage has another cause (https://sqlite.org/fileformat.html, section 4).
 */
export function isWriteAheadLogDamaged(path: string): boolean {
  const file = `${path}-wal`;
  if (!existsSync(file)) return false;
  const log = readFileSync(file);
  if (log.length <= headerSize) return false;
  const pageSize = log.readUInt32BE(8);
  const header = checksum(log.subarray(0, 24), [0, 0], isBigEndian(log));
  const isHeaderRight =
    (log.readUInt32BE(0) & ~1) === magic &&
    header[0] === log.readUInt32BE(24) &&
    header[1] === log.readUInt32BE(28);
  if (!isHeaderRight) return true;
  return commitsBehindDamage(log, frameHeaderSize + pageSize, header) > 1;
}

const headerSize = 32;
const frameHeaderSize = 24;
const magic = 0x377f0682;

type Sums = readonly [number, number];

function commitsBehindDamage(log: Buffer, frameSize: number, start: Sums): number {
  let sums = start;
  let isDamaged = false;
  let commits = 0;
  for (let at = headerSize; at + frameSize <= log.length; at += frameSize) {
    // Frames of an earlier use of the file have another salt.
    if (log.compare(log, 16, 24, at + 8, at + 16) !== 0) {
      isDamaged = true;
      continue;
    }
    if (!isDamaged) {
      const body = log.subarray(at + frameHeaderSize, at + frameSize);
      sums = checksum(body, checksum(log.subarray(at, at + 8), sums, isBigEndian(log)), isBigEndian(log));
      isDamaged = sums[0] !== log.readUInt32BE(at + 16) || sums[1] !== log.readUInt32BE(at + 20);
    }
    // The size of the database after the commit; 0 in frames that do not end a transaction.
    if (isDamaged && log.readUInt32BE(at + 4) !== 0) commits += 1;
  }
  return commits;
}

function isBigEndian(log: Buffer): boolean {
  return (log.readUInt32BE(0) & 1) === 1;
}

function checksum(bytes: Buffer, [first, second]: Sums, isBig: boolean): Sums {
  let [a, b] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    a = (a + (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}
