import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ServerError } from '../server-error.js';

/** Creates the data folder for its owner only, and checks that it is writable. Rejects with `ERR_DATA_FOLDER`. */
export async function openDataFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  const probe = join(path, `.probe-${process.pid}`);
  try {
    await makeFolder(path);
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

/** Creates a folder and its parents, one by one: Node's `recursive` never ends where none can be made (`/proc/x`). */
async function makeFolder(path: string): Promise<void> {
  const make = (): Promise<void> => mkdir(path, { mode: 0o700 });
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    if (error.code !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    await make();
  });
}
