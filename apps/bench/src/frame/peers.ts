import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/peers', import.meta.url));

/**
 * Installs packages (`name@version`) with plain npm into a folder outside of the workspace, and resolves to it. Kept
 * between runs. Nobody but the benchmarks waits for them.
 */
export async function installPeers(packages: readonly string[]): Promise<string> {
  const key = createHash('sha256').update(packages.toSorted().join()).digest('hex').slice(0, 12);
  const folder = join(cache, key);
  if (await isThere(join(folder, 'package.json'))) return folder;
  const work = `${folder}-${process.pid}`;
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'package.json'), '{ "private": true }\n');
  // Imports as a program in that folder would.
  await writeFile(
    join(work, 'import.mjs'),
    "export const importPeer = (name) => import(name, name.endsWith('.json') ? { with: { type: 'json' } } : {});\n",
  );
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], { cwd: work });
  await rm(folder, { recursive: true, force: true });
  await rename(work, folder);
  return folder;
}

async function isThere(path: string): Promise<boolean> {
  return await readFile(path).then(
    () => true,
    () => false,
  );
}

/** Imports a package that is installed in a folder. */
export async function importPeer(folder: string, name: string): Promise<Record<string, unknown>> {
  const module = (await import(pathToFileURL(join(folder, 'import.mjs')).href)) as {
    importPeer: (name: string) => Promise<Record<string, unknown>>;
  };
  return await module.importPeer(name);
}

/** The version of each package of a list `name@version`. */
export function versionsOf(packages: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    packages.map((item) => {
      const at = item.lastIndexOf('@');
      return [item.slice(0, at), item.slice(at + 1)];
    }),
  );
}
