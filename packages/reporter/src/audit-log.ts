import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Json } from '@candor/protocol';
import { ReporterError } from './errors.js';
import { reasonOf } from './reason-of.js';
import { hasCode, makePrivateDirectory, openPrivateFile } from './state/private-directory.js';

/** A line of the audit log. */
export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly id: string;
  /**
   * `sending`, `written` and `exported` carry the report. The other events say what became of a report that was sent;
   * `forgotten`: the collector has deleted it.
   */
  readonly event: 'sending' | 'written' | 'exported' | 'accepted' | 'retrying' | 'dropped' | 'forgotten';
  readonly endpoint?: string | undefined;
  /** HTTP status or error code. */
  readonly reason?: string | undefined;
  /**
   * 64 hexadecimal digits; the report's id is the SHA-256 of these 32 bytes. The collector deletes the report only for
   * a request with this secret.
   */
  readonly secret?: string | undefined;
  readonly report?: Json | undefined;
}

/** Bounds of the audit log; the oldest entries go first. */
interface AuditLimits {
  /** Default 1000. */
  readonly entries: number;
  /** Default 1 MiB. */
  readonly bytes: number;
}

/** Options of `createAuditLog`. */
export interface AuditLogOptions {
  /** Called when the log is used; undefined keeps the log in memory. */
  readonly path: () => string | undefined;
  readonly limits?: AuditLimits | undefined;
  /** Called when the file cannot be written; from then on entries stay in memory. */
  readonly onFailure: (error: unknown) => void;
}

/** What was sent, kept for the operator to read. */
export interface AuditLog {
  /** Never rejects. */
  append(entry: AuditEntry): Promise<void>;
  /** Rejects with `ERR_LOG` if the file cannot be read and there are no entries in memory. */
  read(): Promise<readonly AuditEntry[]>;
  /** Rejects with `ERR_LOG` if the file cannot be removed. */
  clear(): Promise<void>;
}

/** Creates an audit log in a file of JSON lines with mode 0600; opens nothing before the first entry. */
export function createAuditLog(options: AuditLogOptions): AuditLog {
  const { limits = { entries: 1000, bytes: 1024 * 1024 }, onFailure } = options;
  // The file may be larger than the limit, since other processes write to it too: only its end is read.
  const longest = 4 * limits.bytes;
  let hasFailed = false;
  let memory: string[] = [];

  return {
    async append(entry): Promise<void> {
      const line = JSON.stringify(entry);
      if (!(await appendToFile(line))) memory = bounded([...memory, line], limits);
    },
    async read(): Promise<readonly AuditEntry[]> {
      return [...(await readFile()), ...memory].flatMap(parseLine);
    },
    async clear(): Promise<void> {
      memory = [];
      const path = options.path();
      if (path === undefined) return;
      try {
        await removeIfThere(path);
        for (const name of await namesIn(dirname(path))) {
          const isLeftover = name.startsWith(`${basename(path)}.`) && name.endsWith('.tmp');
          if (isLeftover) await removeIfThere(join(dirname(path), name));
        }
      } catch (error) {
        throw new ReporterError('ERR_LOG', `${path}: the audit log cannot be removed (${reasonOf(error)})`);
      }
    },
  };

  async function appendToFile(line: string): Promise<boolean> {
    const path = hasFailed ? undefined : options.path();
    if (path === undefined) return false;
    try {
      await makePrivateDirectory(dirname(path));
      await appendLine(path, line);
      const { lines, isWhole } = await readLines(path, longest);
      const kept = bounded(lines, limits);
      if (kept.length < lines.length || !isWhole) await replaceLines(path, kept);
      return true;
    } catch (error) {
      hasFailed = true;
      onFailure(error);
      return false;
    }
  }

  async function readFile(): Promise<readonly string[]> {
    const path = options.path();
    if (path === undefined) return [];
    try {
      return (await readLines(path, longest)).lines;
    } catch (error) {
      if (memory.length > 0) return [];
      throw new ReporterError('ERR_LOG', `${path}: the audit log cannot be read (${reasonOf(error)})`);
    }
  }
}

const newline = 0x0a;

// A full log drops a tenth of its entries at once, so that the file is not rewritten for each new entry.
function bounded(lines: string[], limits: AuditLimits): string[] {
  const bytes = sizeOf(lines);
  if (lines.length <= limits.entries && bytes <= limits.bytes) return lines;
  let kept = lines.slice(Math.max(0, lines.length - Math.ceil(limits.entries * 0.9)));
  while (kept.length > 0 && sizeOf(kept) > limits.bytes * 0.9) kept = kept.slice(1);
  return kept;
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

async function appendLine(path: string, line: string): Promise<void> {
  const file = await openPrivateFile(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND);
  try {
    // A full disk or a killed process may have cut the last line short; this entry begins on a line of its own.
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const isTorn = size > 0 && last[0] !== newline;
    await file.writeFile(`${isTorn ? '\n' : ''}${line}\n`);
  } finally {
    await file.close();
  }
}

/** Reads the lines in the last `longest` bytes of a file. */
async function readLines(
  path: string,
  longest: number,
): Promise<{ readonly lines: string[]; readonly isWhole: boolean }> {
  try {
    const file = await openPrivateFile(path, constants.O_RDONLY);
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - longest);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
      const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
      // The first line may be incomplete, since reading began inside the file.
      return { lines: lines.slice(start === 0 ? 0 : 1).filter((line) => line !== ''), isWhole: start === 0 };
    } finally {
      await file.close();
    }
  } catch (error) {
    // ENOTDIR: a parent of the path is a file, so there is no log.
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return { lines: [], isWhole: true };
    throw error;
  }
}

async function replaceLines(path: string, lines: readonly string[]): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await openPrivateFile(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

// Skips a line that a full disk or a killed process cut short.
function parseLine(line: string): AuditEntry[] {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'event' in entry ? [entry as AuditEntry] : [];
  } catch {
    return [];
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ENOTDIR')) throw error;
  }
}
