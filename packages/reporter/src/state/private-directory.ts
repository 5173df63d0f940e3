import { constants, type Stats } from 'node:fs';
import { type FileHandle, lchown, lstat, mkdir, open, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { ReporterError } from '../errors.js';

// Windows does not have these flags.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

/**
 * Makes a directory for one user alone (0700) if it does not exist; refuses a symbolic link or a file. A directory that
 * an administrator makes gets the owner of its parent: else the program could not read the choice made for it.
 */
export async function makePrivateDirectory(path: string): Promise<void> {
  const made = await makeDirectories(resolve(path));
  await isDirectory(path);
  if (made === undefined || !isAdministrator()) return;
  const { uid, gid } = await stat(dirname(made));
  for (let each = resolve(path); each.length >= made.length; each = dirname(each)) {
    await lchown(each, uid, gid).catch(keepOwner);
  }
}

/**
 * Makes a directory and those above it, and returns the first that it made. Makes them one by one, since Node's
 * `recursive` never ends where none can be made (`/proc/x`).
 */
async function makeDirectories(path: string): Promise<string | undefined> {
  try {
    return await makeDirectory(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const first = await makeDirectories(dirname(path));
  const made = await makeDirectory(path);
  return first ?? made;
}

/** Returns the path if it made the directory, undefined if something exists there already. */
async function makeDirectory(path: string): Promise<string | undefined> {
  try {
    await mkdir(path, { mode: 0o700 });
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

/** Returns true if the directory exists; throws `ERR_STATE_INVALID` if the path is something else. */
async function isDirectory(path: string): Promise<boolean> {
  const status = await statusOf(path);
  if (status === undefined) return false;
  if (status.isDirectory()) return true;
  throw new ReporterError('ERR_STATE_INVALID', 'state directory: expected a directory, not a link or a file');
}

/**
 * Returns true if the directory exists; throws `ERR_STATE_UNTRUSTED` if others could have written to it: what is kept
 * there decides whether, and where, reports are sent. ssh checks its files in the same way.
 */
export async function isTrustedDirectory(path: string): Promise<boolean> {
  if (!(await isDirectory(path))) return false;
  const status = await stat(path);
  // An administrator's command reads what the program's user wrote, who owns the parent directory.
  const owners = isAdministrator() ? [(await stat(dirname(resolve(path)))).uid] : [];
  refuseForeign(status, owners, 'state directory');
  return true;
}

/** Throws `ERR_STATE_UNTRUSTED` if another user than the directory's owner could have written a file. */
export async function refuseForeignFile(file: FileHandle, path: string): Promise<void> {
  refuseForeign(await file.stat(), [(await stat(dirname(path))).uid], 'state file');
}

/** Opens a regular file, with mode 0600 if it creates it; refuses symbolic links, and never waits for a pipe. */
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
  throw new ReporterError('ERR_STATE_INVALID', `${basename(path)}: expected a regular file`);
}

/** Flushes a file to disk. A file system without such a call has done what it can. */
export async function syncFile(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } catch (error) {
    if (['EIO', 'ENOSPC', 'EDQUOT'].some((code) => hasCode(error, code))) throw error;
  }
}

/** Flushes a directory's entries to disk. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory, and does not need to.
  if (process.platform === 'win32') return;
  const directory = await open(path, constants.O_RDONLY);
  try {
    await syncFile(directory);
  } finally {
    await directory.close();
  }
}

/** Returns true if an error carries this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

function refuseForeign({ uid, mode }: Stats, owners: readonly number[], what: string): void {
  // On Windows there are no user ids to compare.
  if (process.getuid === undefined) return;
  if (![process.getuid(), 0, ...owners].includes(uid)) {
    throw new ReporterError('ERR_STATE_UNTRUSTED', `${what}: another user owns it; remove it, or own it`);
  }
  if ((mode & 0o022) !== 0) {
    throw new ReporterError('ERR_STATE_UNTRUSTED', `${what}: others can write it; use chmod go-w`);
  }
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    // ENOTDIR: a parent of the path is a file, so there is no directory.
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function giveToOwner(file: FileHandle, path: string, owner: number): Promise<void> {
  const { uid, gid } = await stat(dirname(path));
  if (uid !== owner) await file.chown(uid, gid).catch(keepOwner);
}

// Network file systems and containers may refuse to change the owner, or not know that user.
function keepOwner(): void {}

function isAdministrator(): boolean {
  return process.getuid?.() === 0;
}
