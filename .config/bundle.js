import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { build } from 'rolldown';

/**
 * Bundles the package in the current folder for publishing: one file for each entry that its
 * `publishConfig` names, and one for each worker thread. A host that imports twelve dozen small files
 * pays for each of them (docs/decisions/0011-bundled-when-published.md).
 *
 * A package that has a `require` entry gets the same as CommonJS in `dist/commonjs`, with declarations of that
 * kind beside it (docs/decisions/0013-commonjs-beside-esm.md); one that has a `browser` entry gets that in `dist/browser`.
 */
const {
  dependencies = {},
  peerDependencies = {},
  publishConfig,
} = JSON.parse(readFileSync('package.json', 'utf8'));
const { exports, bin = {} } = publishConfig;
const installed = Object.keys({ ...dependencies, ...peerDependencies });
const targets = Object.values(exports).filter((target) => typeof target === 'object');

// A worker is found beside the file that starts it, so it goes where the bundle is.
const workers = readdirSync('src', { recursive: true })
  .filter((path) => basename(path).endsWith('worker.ts'))
  .map((path) => path.replace(/\.ts$/, '.js'));

const modules = [...targets.map((target) => target.default), ...Object.values(bin)];
await bundle('dist/bundle', 'esm', modules);

// What a bundler for browsers takes instead.
const forBrowsers = targets.flatMap((target) => target.browser?.default ?? []);
if (forBrowsers.length > 0) await bundle('dist/browser', 'esm', forBrowsers);

const required = targets.flatMap((target) => target.require?.default ?? []);
if (required.length > 0) {
  await bundle('dist/commonjs', 'cjs', required);
  writeFileSync('dist/commonjs/package.json', `${JSON.stringify({ type: 'commonjs' })}\n`);
  for (const path of readdirSync('dist', { recursive: true })) {
    if (path.endsWith('.d.ts') && !path.startsWith('commonjs'))
      cpSync(`dist/${path}`, `dist/commonjs/${path}`);
  }
}

async function bundle(dir, format, paths) {
  const entries = paths
    .filter((path) => path?.startsWith(`./${dir}/`))
    .map((path) => path.slice(`./${dir}/`.length));
  const { output } = await build({
    input: {
      ...Object.fromEntries(entries.map((path) => [path.replace(/\.js$/, ''), `dist/${path}`])),
      ...Object.fromEntries(workers.map((path) => [basename(path, '.js'), `dist/${path}`])),
    },
    // For Node, an import of `node:module` would begin every module, which bundlers for browsers refuse.
    platform: format === 'esm' ? 'neutral' : 'node',
    resolve: { mainFields: ['module', 'main'] },
    // A development dependency that the sources import becomes a part of the bundle.
    external: (id) => isBuiltin(id) || installed.some((name) => id === name || id.startsWith(`${name}/`)),
    // Where modules are CommonJS, `import()` may be missing: test runners that load files themselves have none.
    output: {
      dir,
      format,
      cleanDir: true,
      chunkFileNames: '[name].js',
      dynamicImportInCjs: false,
      // Between two files that are loaded the host has its turn, and the scrubber is by far the largest part of any.
      codeSplitting: { groups: [{ name: 'scrub', test: /\/anonymizer\/dist\/scrub\// }] },
    },
  });
  const modules = output.flatMap((file) => file.moduleIds ?? []);
  // What is a part of the bundle comes with its licence.
  for (const [, folder, name] of modules.map(
    (id) => /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(id) ?? [],
  )) {
    if (name !== undefined) cpSync(`${folder}/LICENSE`, `${dir}/${name.replace('/', '-')}.LICENSE.txt`);
  }
}
