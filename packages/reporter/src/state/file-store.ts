import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ReporterError } from '../errors.js';
import type { Store } from './store.js';
import {
  hasCode,
  isPrivateDirectory,
  makePrivateDirectory,
  openPrivateFile,
  syncDirectory,
} from './private-directory.js';

const largest = 4 * 1024 * 1024;
const retention = 10 * 60_000;

/**
 * A store in a directory that processes share, containers on one volume included.
 *
 * Each text is a file of its own, `state.1.json`, `state.2.json`, …, and the highest number holds. A new
 * one is written aside, synced, and hard-linked to the next number, which fails when another process was
 * faster: that is the whole compare-and-set, without a lock that a killed process could leave behind.
 * Older files are emptied at once (they hold keys) and removed after ten minutes; until then their names
 * stay taken, so that a process which was paused in between cannot write over what it has not seen.
 */
export function createFileStore(directory: string): Store {
  return {
    read: async () => (await readLatest()).text,
    async compareAndSet(expected, next): Promise<boolean> {
      const started = Date.now();
      await makePrivateDirectory(directory);
      const { version, text } = await readLatest();
      if (text !== expected) return false;
      const temporary = join(directory, `state.${randomUUID()}.tmp`);
      try {
        await writeSynced(temporary, next);
        if (Math.abs(Date.now() - started) > retention / 2) return false;
        await link(temporary, fileOf(version + 1));
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await removeIfThere(temporary);
      }
      await syncDirectory(directory);
      await sweep(version + 1);
      return true;
    },
  };

  function fileOf(version: number): string {
    return join(directory, `state.${version}.json`);
  }

  async function readLatest(): Promise<{ version: number; text: string | undefined }> {
    if (!(await isPrivateDirectory(directory))) return { version: 0, text: undefined };
    for (;;) {
      const version = await latestVersion();
      if (version === 0) return { version, text: undefined };
      const text = await readIfThere(fileOf(version));
      // A newer one may have come, and emptied this one, while it was read.
      if (text !== undefined && (await latestVersion()) === version) return { version, text };
    }
  }

  async function latestVersion(): Promise<number> {
    return Math.max(0, ...(await readdir(directory)).map(versionOf));
  }

  async function sweep(latest: number): Promise<void> {
    for (const name of await readdir(directory)) {
      const version = versionOf(name);
      const isOld = (version > 0 && version < latest) || /^state\..+\.tmp$/.test(name);
      if (isOld) await discard(join(directory, name), version > 0);
    }
  }
}

function versionOf(name: string): number {
  return Number(/^state\.(\d{1,15})\.json$/.exec(name)?.[1] ?? 0);
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await openPrivateFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  const file = await unlessGone(openPrivateFile(path, constants.O_RDONLY));
  if (file === undefined) return undefined;
  try {
    if ((await file.stat()).size > largest) {
      throw new ReporterError('ERR_STATE_INVALID', `state file: expected at most ${largest} bytes`);
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

async function discard(path: string, empty: boolean): Promise<void> {
  const status = await unlessGone(stat(path));
  if (status === undefined) return;
  if (Date.now() - status.mtimeMs > retention) return removeIfThere(path);
  // Emptying only once keeps the time of its end.
  if (!empty || status.size === 0) return;
  const file = await unlessGone(openPrivateFile(path, constants.O_WRONLY | constants.O_TRUNC));
  await file?.close();
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
