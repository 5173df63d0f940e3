import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds between two checks. A check costs a few file operations, and works on every file system. */
const interval = 5_000;

/**
 * Calls `changed` when a file in a folder or its subfolders was added, removed or changed; resolves to a function that
 * ends this.
 */
export async function watchProducts(folder: string, changed: () => Promise<void>): Promise<() => void> {
  let seen = await stateOf(folder);
  const check = async (): Promise<void> => {
    const state = await stateOf(folder);
    if (state === seen) return;
    seen = state;
    await changed();
  };
  const timer = setInterval(() => void check(), interval).unref();
  return () => clearInterval(timer);
}

/** Resolves to a digest of the results of `readdir` and `stat`, which is the same while nothing changes. */
async function stateOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const hash = createHash('sha256');
  for (const name of names.toSorted()) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    hash.update(`${name}\n${found?.mtimeMs}\n${found?.size}\n${found?.ino}\n`);
  }
  return hash.digest('hex');
}
