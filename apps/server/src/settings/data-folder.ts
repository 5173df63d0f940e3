import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ServerError } from '../server-error.js';

/** Creates the data folder for its owner only and makes sure that it can be written. Throws `ERR_DATA_FOLDER`. */
export async function openDataFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  const probe = join(path, `.probe-${process.pid}`);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new ServerError('ERR_DATA_FOLDER', `The data folder ${path} cannot be written (${code}).`, {
      cause,
    });
  }
  return path;
}
