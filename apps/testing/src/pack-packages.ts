import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Packs every published package as it would be published; resolves to the tarballs by package name. */
export async function packPackages(destination: string): Promise<Map<string, string>> {
  const pack = [
    '--recursive',
    '--filter',
    './packages/*',
    '--filter',
    './apps/server',
    'pack',
    '--pack-destination',
    destination,
    '--json',
  ];
  const { stdout } = await promisify(execFile)('npx', ['--yes', 'pnpm@12.21.0', ...pack], {
    cwd: root,
    maxBuffer: 16 * 2 ** 20,
  });
  const packed = JSON.parse(stdout) as { name: string; filename: string }[];
  return new Map(packed.map(({ name, filename }) => [name, filename]));
}
