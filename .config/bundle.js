import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'rolldown';

/**
 * Bundles the package in the current folder for publishing: one file for each entry that its
 * `publishConfig` names, and one for each worker thread. A host that imports twelve dozen small files
 * pays for each of them (docs/decisions/0011-bundled-when-published.md).
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { exports, bin = {} } = manifest.publishConfig;

const entries = [...Object.values(exports).map((target) => target.default), ...Object.values(bin)]
  .filter((path) => path?.startsWith('./dist/bundle/'))
  .map((path) => path.slice('./dist/bundle/'.length));
// A worker is found beside the file that starts it, so it goes where the bundle is.
const workers = readdirSync('src', { recursive: true })
  .filter((path) => basename(path) === 'worker.ts')
  .map((path) => path.replace(/\.ts$/, '.js'));

await build({
  input: {
    ...Object.fromEntries(entries.map((path) => [path.replace(/\.js$/, ''), `dist/${path}`])),
    ...Object.fromEntries(workers.map((path) => ['worker', `dist/${path}`])),
  },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  output: { dir: 'dist/bundle', format: 'esm', cleanDir: true, chunkFileNames: '[name].js' },
});
