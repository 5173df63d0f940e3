import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages } from '@candor/testing';
import { npmInstall, type Packages } from './tools.js';

/** Installs `candor` from its tarball into a folder, with everything below it from theirs, and other packages beside it. */
export async function installPacked(folder: string, others: Packages): Promise<void> {
  const tarballs = await packPackages(await mkdtemp(join(tmpdir(), 'candor-tarballs-')));
  const packed = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]));
  const { candor = '', ...overrides } = packed;
  const manifest = { private: true, dependencies: { candor, ...others }, overrides };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await npmInstall(folder);
}
