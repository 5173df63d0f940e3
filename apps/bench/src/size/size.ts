import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../frame/bench.js';
import { installPeers, versionsOf } from '../frame/peers.js';

const run = promisify(execFile);
const peers = ['size-limit@12.1.0', '@size-limit/esbuild@12.1.0', '@size-limit/file@12.1.0'];

/** Kilobytes that a package may have, bundled with all it imports, minified and gzipped. */
const ceilings: Readonly<Record<string, number>> = {
  'schema, anonymizer': 40,
  schema: 18,
  anonymizer: 48,
  hasher: 3,
  protocol: 6,
  config: 75,
  reporter: 30,
  collector: 60,
  // 97 of them are the script of the page where a configuration is tried, as a text.
  dashboard: 165,
  traefik: 160,
  candor: 180,
};

interface Measured {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
  readonly passed: boolean;
}

/** What each package adds to a bundle, with all that it imports. */
export const sizeBench: Bench = {
  name: 'size',
  title: 'Size in a bundle',
  async run({ progress }) {
    progress('size: bundling each package');
    const folder = await installPeers(peers);
    const checks = await Promise.all(
      Object.entries(ceilings).map(async ([names, limit]) => ({
        name: names,
        path: await entryOf(folder, names.split(', ')),
        limit: `${limit} kB`,
        gzip: true,
        ignore: ['node:*', '@photostructure/sqlite'],
      })),
    );
    await writeFile(join(folder, '.size-limit.json'), JSON.stringify(checks));
    const bin = join(folder, 'node_modules/size-limit/bin.js');
    // It ends with 1 where a ceiling is crossed, which the table says as well.
    const stdout = await run(process.execPath, [bin, '--json'], { cwd: folder }).then(
      (result) => result.stdout,
      (error: { readonly stdout: string }) => error.stdout,
    );
    const raw = JSON.parse(stdout) as Measured[];
    return {
      columns: ['kB, minified and gzipped', 'ceiling', ''],
      rows: raw.map(({ name, size, sizeLimit, passed }) => ({
        label: name,
        cells: [(size / 1000).toFixed(1), (sizeLimit / 1000).toFixed(0), passed ? 'within' : '**over**'],
      })),
      remarks: [
        'Aim: `schema` and `anonymizer` together, which run in a browser, at most 40 kB. Half of that is the scrubber, and a third of the scrubber are lists: top-level domains, words that are no domains, names of secrets. `lint`, `sample` and the page of what is collected are entries of their own and not in these figures.',
        'The dashboard runs on a server. Its bundle holds the script of the page where a configuration is tried, as a text, which is three fifths of it; a browser loads that script alone.',
      ],
      versions: versionsOf(peers),
      raw,
    };
  },
};

async function entryOf(folder: string, names: readonly string[]): Promise<string> {
  const path = join(folder, `${names.join('-')}.mjs`);
  const exports = names.map((name) => {
    const dist = fileURLToPath(new URL(`../../../../packages/${name}/dist/index.js`, import.meta.url));
    return `export * from ${JSON.stringify(dist)};`;
  });
  await writeFile(path, exports.join('\n'));
  return path;
}
