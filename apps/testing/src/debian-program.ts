import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../node_modules/.cache/debian', import.meta.url));

/**
 * Returns the path of a program of this machine, else of one from a Debian package, which is unpacked below
 * `node_modules` and not installed. Throws if there is neither.
 */
export function debianProgram(name: string, debianPackage: string): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  if (found !== undefined) return found;
  const unpacked = join(cache, debianPackage);
  if (!existsSync(unpacked)) unpack(debianPackage, unpacked);
  const program = ['usr/sbin', 'usr/bin'].map((folder) => join(unpacked, folder, name)).find(isProgram);
  if (program === undefined) throw new Error(`The package ${debianPackage} has no program ${name}.`);
  return program;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unpack(debianPackage: string, to: string): void {
  mkdirSync(cache, { recursive: true });
  // Unpacked aside and then renamed, so that it is complete even if another process does the same.
  const half = mkdtempSync(join(cache, 'half-'));
  const shell = (script: string): void => {
    execFileSync('sh', ['-ec', script, 'sh', debianPackage], {
      cwd: half,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  };
  try {
    shell('apt-get download "$1"');
  } catch {
    // A new machine has no package list yet.
    shell('apt-get update && apt-get download "$1"');
  }
  shell('dpkg-deb --extract "$1"_*.deb .');
  try {
    renameSync(half, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(half, { recursive: true });
  }
}
