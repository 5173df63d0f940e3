import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Json } from '@candor/protocol';
import { hasCode, makePrivateDirectory, openPrivateFile } from './state/private-directory.js';

/** A line of the audit log. */
export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly id: string;
  /**
   * `sending` and `written` and `exported` carry the report; what became of a sent one follows it. `forgotten`: the
   * collector has it no more.
   */
  readonly event: 'sending' | 'written' | 'exported' | 'accepted' | 'retrying' | 'dropped' | 'forgotten';
  readonly endpoint?: string | undefined;
  /** HTTP status or error code. */
  readonly reason?: string | undefined;
  /**
   * 64 hexadecimal digits; the report's id is the SHA-256 of these 32 bytes. With it, and with nothing else, the collector
   * deletes the report.
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
  /** Asked before the first entry; undefined keeps the log in memory. */
  readonly path: () => string | undefined;
  readonly limits?: AuditLimits | undefined;
  /** Called when the file failed; from then on entries stay in memory. */
  readonly onFailure: (error: unknown) => void;
}

/** What was sent, kept for the operator to read; its calls never reject. */
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  read(): Promise<readonly AuditEntry[]>;
  clear(): Promise<void>;
}

/** Creates an audit log over a file of JSON lines, made 0600; opens nothing before the first entry. */
export function createAuditLog(options: AuditLogOptions): AuditLog {
  const { limits = { entries: 1000, bytes: 1024 * 1024 }, onFailure } = options;
  let hasFailed = false;
  let memory: string[] = [];

  async function inFile<T>(work: (path: string) => Promise<T>): Promise<T | undefined> {
    const path = hasFailed ? undefined : options.path();
    if (path === undefined) return undefined;
    try {
      return await work(path);
    } catch (error) {
      hasFailed = true;
      onFailure(error);
      return undefined;
    }
  }

  return {
    async append(entry): Promise<void> {
      const line = JSON.stringify(entry);
      const done = await inFile(async (path) => {
        await makePrivateDirectory(dirname(path));
        await appendLine(path, line);
        const lines = await readLines(path);
        const kept = bounded(lines, limits);
        if (kept.length < lines.length) await replaceLines(path, kept);
        return true;
      });
      if (done !== true) memory = bounded([...memory, line], limits);
    },
    read: async () => [...((await inFile(readLines)) ?? []), ...memory].flatMap(parseLine),
    async clear(): Promise<void> {
      memory = [];
      await inFile(async (path) => {
        await removeIfThere(path);
        for (const name of await namesIn(dirname(path))) {
          const isLeftover = name.startsWith(`${basename(path)}.`) && name.endsWith('.tmp');
          if (isLeftover) await removeIfThere(join(dirname(path), name));
        }
      });
    },
  };
}

const newline = 0x0a;

// A full log loses a tenth at once, so that it is not written anew for each entry.
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
    // What a full disk or a killed process cut short must not swallow this entry.
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const isTorn = size > 0 && last[0] !== newline;
    await file.writeFile(`${isTorn ? '\n' : ''}${line}\n`);
  } finally {
    await file.close();
  }
}

async function readLines(path: string): Promise<string[]> {
  try {
    const file = await openPrivateFile(path, constants.O_RDONLY);
    try {
      return (await file.readFile('utf8')).split('\n').filter((line) => line !== '');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
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

// A line that a full disk or a killed process cut short is left out.
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
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
