import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

/** Packages with their exact versions. */
export type Packages = Readonly<Record<string, string>>;

/** The bundlers that bundles are made with, and what runs them. */
export const bundlers: Packages = {
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-json': '6.1.0',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@vercel/ncc': '0.45.0',
  bun: '1.4.5',
  esbuild: '0.28.2',
  jest: '30.5.2',
  postject: '1.0.0-alpha.6',
  rolldown: '1.3.2',
  rollup: '4.68.8',
  vite: '8.3.8',
  webpack: '5.112.2',
};

/** Runtimes that run the packages as they are. */
export const runtimes: Packages = {
  bun: '1.4.5',
  deno: '2.9.6',
  // What the npm package `node` installs.
  ...Object.fromEntries(
    ['20.20.2', '22.23.3', '24.21.0'].map((version) => [
      `node-${version.slice(0, 2)}`,
      `npm:node-${process.platform}-${process.arch}@${version}`,
    ]),
  ),
};

const cache = fileURLToPath(new URL('../../node_modules/.cache/tools/', import.meta.url));

/**
 * Installs packages that are too heavy for every clone of this repository, once for each set of versions; resolves to
 * the folder that holds their `node_modules`.
 */
export async function installTools(packages: Packages): Promise<string> {
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: packages });
  const folder = join(cache, createHash('sha256').update(manifest).digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  // As a whole or not at all: another test file may install the same beside, and a run may be stopped.
  const half = await mkdtemp(join(cache, 'half-'));
  await writeFile(join(half, 'package.json'), manifest);
  await npmInstall(half);
  try {
    await rename(half, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(half, { recursive: true });
  }
  return folder;
}

/** Runs `npm install` in a folder. */
export async function npmInstall(folder: string): Promise<void> {
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
  });
}
