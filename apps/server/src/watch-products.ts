import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds between two looks. A look costs a few file operations, and works on every file system. */
const interval = 5_000;

/**
 * Calls `changed` when a file in a folder, or in a folder below it, came, went or has another content; resolves to what
 * ends that.
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

/** A digest of what `readdir` and `stat` say, the same as long as nothing has changed. */
async function stateOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const hash = createHash('sha256');
  for (const name of names.toSorted()) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    hash.update(`${name}\n${found?.mtimeMs}\n${found?.size}\n${found?.ino}\n`);
  }
  return hash.digest('hex');
}
