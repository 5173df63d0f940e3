import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packPackages } from '@candor/testing';
import { ownManifest } from '../frame/own-manifest.js';
import type { Subject } from './subjects.js';

const run = promisify(execFile);
const hosts = fileURLToPath(new URL('../../hosts', import.meta.url));

/** A subject installed with plain npm into a folder of its own, outside of the workspace. */
export interface Installed {
  readonly subject: Subject;
  readonly folder: string;
  /** Size of `node_modules` in bytes. */
  readonly bytes: number;
}

/** Installs each subject as a user would get it. */
export async function installAll(subjects: readonly Subject[]): Promise<Installed[]> {
  const work = await mkdtemp(join(tmpdir(), 'candor-bench-'));
  const own = await packPackages(join(work, 'tarballs'));
  const installed: Installed[] = [];
  for (const [index, subject] of subjects.entries()) {
    const folder = join(work, String(index));
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest(subject, own)));
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder });
    await cp(hosts, join(folder, 'hosts'), { recursive: true });
    installed.push({ subject, folder, bytes: await sizeOf(join(folder, 'node_modules')) });
  }
  return installed;
}

function manifest(subject: Subject, own: ReadonlyMap<string, string>): unknown {
  if (subject.install.length > 0) {
    const pairs = subject.install.map((item) => [
      item.slice(0, item.lastIndexOf('@')),
      item.slice(item.lastIndexOf('@') + 1),
    ]);
    return { private: true, dependencies: Object.fromEntries(pairs) as unknown };
  }
  return ownManifest(own, ['candor']);
}

async function sizeOf(path: string): Promise<number> {
  const stat = await lstat(path);
  if (!stat.isDirectory()) return stat.size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
