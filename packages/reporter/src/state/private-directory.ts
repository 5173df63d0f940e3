import { constants } from 'node:fs';
import { type FileHandle, lchown, lstat, mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ReporterError } from '../errors.js';

// Windows has none of these flags.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/**
 * Makes a directory for one user alone (0700) where there is none; refuses a symbolic link or a file. What an
 * administrator makes belongs to the owner of the place, or the program could not read what was chosen for it.
 */
export async function makePrivateDirectory(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 });
  await isPrivateDirectory(path);
  if (made === undefined || !isAdministrator()) return;
  const first = resolve(made);
  const { uid, gid } = await stat(dirname(first));
  for (let each = resolve(path); each.length >= first.length; each = dirname(each)) {
    await lchown(each, uid, gid).catch(keepOwner);
  }
}

/** Whether the directory is there; throws `ERR_STATE_INVALID` where something else is. */
export async function isPrivateDirectory(path: string): Promise<boolean> {
  try {
    if ((await lstat(path)).isDirectory()) return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  throw new ReporterError('ERR_STATE_INVALID', 'state directory: expected a directory, not a link or a file');
}

/** Opens a regular file, 0600 when it is made; refuses symbolic links, and never waits for a pipe. */
export async function openPrivateFile(path: string, flags: number): Promise<FileHandle> {
  const file = await open(path, flags | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    const status = await file.stat();
    if (status.isFile()) {
      if ((flags & constants.O_CREAT) !== 0 && isAdministrator()) await giveToOwner(file, path, status.uid);
      return file;
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  throw new ReporterError('ERR_STATE_INVALID', 'state file: expected a regular file');
}

async function giveToOwner(file: FileHandle, path: string, owner: number): Promise<void> {
  const { uid, gid } = await stat(dirname(path));
  if (uid !== owner) await file.chown(uid, gid).catch(keepOwner);
}

// Network file systems and containers may not allow it, or not know that owner.
function keepOwner(): void {}

function isAdministrator(): boolean {
  return process.getuid?.() === 0;
}

/** Makes changes of a directory's entries last. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory, and needs no such call.
  if (process.platform === 'win32') return;
  const directory = await open(path, constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Whether an error carries this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
