import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ReporterError } from '../errors.js';
import {
  hasCode,
  isTrustedDirectory,
  makePrivateDirectory,
  openPrivateFile,
  refuseForeignFile,
  syncDirectory,
  syncFile,
} from './private-directory.js';
import type { ResettableStore } from './store.js';

/** Options of `createFileStore`. */
export interface FileStoreOptions {
  /** Milliseconds since 1970; default the system's. */
  readonly now?: (() => number) | undefined;
}

/** A store in a directory. */
export interface FileStore extends ResettableStore {
  reset(next: string): Promise<void>;
  /** Removes leftovers of killed processes, and files that were moved aside. */
  tidy(): Promise<void>;
}

const largest = 4 * 1024 * 1024;
const retention = 10 * 60_000;
const temporaryName = /^state\..+\.tmp$/;
const asideName = 'state.damaged';

/**
 * Creates a store in a directory that processes share, also containers on one volume.
 *
 * Each text is a file of its own, `state.1.json`, `state.2.json`, …, and the highest number is the current one. A new
 * text is written to a temporary file, synced, and hard-linked to the next number, which fails if another process was
 * faster: this is the whole compare-and-set, without a lock that a killed process could leave behind. Older files are
 * emptied at once (they hold secrets) and removed after ten minutes; until then their names stay taken, so that a
 * process that was paused in between cannot overwrite a text it has not seen.
 *
 * Rejects with `ERR_STATE_UNTRUSTED` if another user could have written the text.
 */
export function createFileStore(directory: string, { now = Date.now }: FileStoreOptions = {}): FileStore {
  return {
    read: async () => (await readLatest()).text,
    async compareAndSet(expected, next): Promise<boolean> {
      const started = now();
      await makePrivateDirectory(directory);
      const { version, text } = await readLatest();
      if (text !== expected) return false;
      const isWritten = await withTemporary(next, async (temporary) => {
        if (Math.abs(now() - started) > retention / 2) return false;
        return publish(temporary, version);
      });
      if (isWritten) await finish();
      return isWritten;
    },
    async reset(next): Promise<void> {
      await makePrivateDirectory(directory);
      await isTrustedDirectory(directory);
      const version = await latestVersion();
      const isWritten = await withTemporary(next, (temporary) => publish(temporary, version));
      if (!isWritten) throw new ReporterError('ERR_STATE_UNWRITABLE', 'state: another process writes it');
      if (version > 0) await moveAside(fileOf(version));
      await finish();
    },
    async tidy(): Promise<void> {
      if (!(await isTrustedDirectory(directory))) return;
      await removeAside();
      await sweep();
    },
  };

  function fileOf(version: number): string {
    return join(directory, `state.${version}.json`);
  }

  async function readLatest(): Promise<{ version: number; text: string | undefined }> {
    if (!(await isTrustedDirectory(directory))) return { version: 0, text: undefined };
    for (;;) {
      const version = await latestVersion();
      if (version === 0) return { version, text: undefined };
      const text = await readIfThere(fileOf(version));
      // Another process may have written a newer text, and emptied this one, during the read.
      if (text !== undefined && (await latestVersion()) === version) return { version, text };
    }
  }

  async function latestVersion(): Promise<number> {
    return Math.max(0, ...(await readdir(directory)).map(versionOf));
  }

  async function withTemporary(text: string, use: (temporary: string) => Promise<boolean>): Promise<boolean> {
    const temporary = join(directory, `state.${randomUUID()}.tmp`);
    try {
      await writeSynced(temporary, text);
      return await use(temporary);
    } catch (error) {
      // Another process took the file for a leftover and removed it; it has written a newer text by then.
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    } finally {
      await removeIfThere(temporary);
    }
  }

  /** Gives a written file the next number; resolves to false if that is taken. */
  async function publish(temporary: string, version: number): Promise<boolean> {
    try {
      await link(temporary, fileOf(version + 1));
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      if (!withoutLinks.some((code) => hasCode(error, code))) throw error;
    }
    return publishWithoutLinks(temporary, version);
  }

  /**
   * Does the same without hard links: an exclusively created file reserves the number, and `rename` then gives it. Each
   * of two processes with neighbouring numbers looks for the other's, so that at most one wins.
   */
  async function publishWithoutLinks(temporary: string, version: number): Promise<boolean> {
    const names = await readdir(directory);
    const number = 1 + Math.max(version, ...names.map(versionOf), ...names.map(takenBy));
    try {
      await writeSynced(join(directory, `state.${number}.taken`), '');
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    }
    if ((await latestVersion()) !== version) return false;
    await rename(temporary, fileOf(number));
    return (await readdir(directory)).every((name) => Math.max(versionOf(name), takenBy(name)) <= number);
  }

  async function finish(): Promise<void> {
    await syncDirectory(directory);
    await sweep();
  }

  /**
   * Empties older texts and removes them after a while; removes temporary files at once, since their writer has lost.
   */
  async function sweep(): Promise<void> {
    const names = await readdir(directory);
    const latest = Math.max(0, ...names.map(versionOf));
    for (const name of names) {
      const path = join(directory, name);
      const number = Math.max(versionOf(name), takenBy(name));
      if (temporaryName.test(name)) await removeIfThere(path);
      else if (number > 0 && number < latest) await discard(path);
    }
  }

  async function discard(path: string): Promise<void> {
    const status = await unlessGone(stat(path));
    if (status === undefined) return;
    if (now() - status.mtimeMs > retention) return removeIfThere(path);
    // A file is emptied only once, so that its modification time says when.
    if (status.size === 0) return;
    try {
      const file = await unlessGone(openPrivateFile(path, constants.O_WRONLY | constants.O_TRUNC));
      await file?.close();
    } catch {
      // A file that cannot be emptied (another user's, a pipe) need not stay.
      await removeIfThere(path);
    }
  }

  /** Removes what was moved aside; it may be a directory. */
  async function removeAside(): Promise<void> {
    await rm(join(directory, asideName), { recursive: true, force: true });
  }

  /** Keeps an invalid text for a person to look at, without its secrets. */
  async function moveAside(path: string): Promise<void> {
    const aside = join(directory, asideName);
    await removeAside();
    const text = await readIfThere(path).catch(() => undefined);
    if (text === undefined) return void (await unlessGone(rename(path, aside)));
    await writeSynced(aside, text.replace(/[0-9a-f]{64}/g, 'removed'));
  }
}

// Error codes of file systems and security modules that do not support, or allow, hard links.
const withoutLinks = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EXDEV'];

function versionOf(name: string): number {
  return Number(/^state\.(\d{1,15})\.json$/.exec(name)?.[1] ?? 0);
}

function takenBy(name: string): number {
  return Number(/^state\.(\d{1,15})\.taken$/.exec(name)?.[1] ?? 0);
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await openPrivateFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  try {
    await file.writeFile(text);
    await syncFile(file);
  } finally {
    await file.close();
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  const file = await unlessGone(openPrivateFile(path, constants.O_RDONLY));
  if (file === undefined) return undefined;
  try {
    await refuseForeignFile(file, path);
    if ((await file.stat()).size > largest) {
      throw new ReporterError('ERR_STATE_INVALID', `state file: expected at most ${largest} bytes`);
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function removeIfThere(path: string): Promise<void> {
  await unlessGone(unlink(path));
}

async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
