import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { build } from 'rolldown';
import { createParts } from './bundle-parts.js';

/**
 * Bundles the package in the current folder for publishing: one file for each entry that its
 * `publishConfig` names, and one for each worker thread. A host that imports twelve dozen small files
 * pays for each of them (docs/decisions/0011-bundled-when-published.md).
 *
 * A package that has a `require` entry gets the same as CommonJS in `dist/commonjs`, with declarations of that
 * kind beside it (docs/decisions/0013-commonjs-beside-esm.md); one that has a `browser` entry gets that in `dist/browser`.
 */
const {
  name,
  dependencies = {},
  peerDependencies = {},
  publishConfig,
} = JSON.parse(readFileSync('package.json', 'utf8'));
const { exports, bin = {} } = publishConfig;
const installed = Object.keys({ ...dependencies, ...peerDependencies });
const targets = Object.values(exports).filter((target) => typeof target === 'object');

// What a host imports of it holds these packages. They stay dependencies: the declarations name them, and the command line
// imports them.
const joined =
  name === 'candor'
    ? ['anonymizer', 'hasher', 'protocol', 'reporter', 'schema'].map((short) => `@candor/${short}`)
    : [];

// A worker is found beside the file that starts it, so it goes where the bundle is.
const workers = workersIn('.');
const joinedWorkers = joined.flatMap((other) => workersIn(`node_modules/${other}`));

const modules = targets.map((target) => target.default);
const commands = Object.values(bin);
if (joined.length === 0) await bundle('dist/bundle', 'esm', [...modules, ...commands]);
else {
  await bundleJoined('dist/bundle', 'esm', modules);
  for (const path of commands) await bundle(dirname(path).slice('./'.length), 'esm', [path]);
}

// What a bundler for browsers takes instead.
const forBrowsers = targets.flatMap((target) => target.browser?.default ?? []);
if (forBrowsers.length > 0) await bundle('dist/browser', 'esm', forBrowsers);

const required = targets.flatMap((target) => target.require?.default ?? []);
if (required.length > 0) {
  await (joined.length === 0 ? bundle : bundleJoined)('dist/commonjs', 'cjs', required);
  writeFileSync('dist/commonjs/package.json', `${JSON.stringify({ type: 'commonjs' })}\n`);
  for (const path of readdirSync('dist', { recursive: true })) {
    if (path.endsWith('.d.ts') && !path.startsWith('commonjs'))
      cpSync(`dist/${path}`, `dist/commonjs/${path}`);
  }
}

function workersIn(folder) {
  return readdirSync(`${folder}/src`, { recursive: true })
    .filter((path) => path.endsWith('worker.ts'))
    .map((path) => [basename(path, '.ts'), `${folder}/dist/${path.replace(/\.ts$/, '.js')}`]);
}

function bundle(dir, format, paths) {
  return write(dir, format, { ...entriesOf(dir, paths), ...Object.fromEntries(workers) });
}

/** One file for all that an import loads, and one for each worker: a file that both need is one more for the host to load. */
async function bundleJoined(dir, format, paths) {
  const entries = entriesOf(dir, paths);
  const modules = new Map();
  const collector = { name: 'modules', moduleParsed: (module) => void modules.set(module.id, module) };
  let loaded;
  const isLoaded = (id) => (loaded ??= reachable(modules, Object.values(entries))).has(id);
  // By far the largest part of what is imported later.
  const scrub = createParts(modules, { name: 'scrub', test: /\/anonymizer\/dist\/scrub\//, count: 4 });
  await write(dir, format, entries, {
    joined,
    plugins: [collector, scrub.plugin],
    groups: [{ name, test: isLoaded, priority: 1 }, scrub.group],
  });
  for (const worker of joinedWorkers) {
    await write(dir, format, Object.fromEntries([worker]), { joined, cleanDir: false });
  }
}

/** Every module that the given ones import, and what those import, without what is imported when it is needed. */
function reachable(modules, sources) {
  const found = new Set();
  const visit = (id) => {
    if (found.has(id)) return;
    found.add(id);
    modules.get(id)?.importedIds.forEach(visit);
  };
  for (const source of sources) visit(resolve(source));
  return found;
}

function entriesOf(dir, paths) {
  const own = paths.filter((path) => path?.startsWith(`./${dir}/`));
  return Object.fromEntries(
    own.map((path) => [
      path.slice(`./${dir}/`.length, -'.js'.length),
      path.replace(/^\.\/dist\/\w+\//, 'dist/'),
    ]),
  );
}

async function write(dir, format, input, { joined = [], plugins = [], groups = [], cleanDir = true } = {}) {
  const apart = installed.filter((other) => !joined.includes(other));
  const { output } = await build({
    input,
    plugins,
    // For Node, an import of `node:module` would begin every module, which bundlers for browsers refuse.
    platform: format === 'esm' ? 'neutral' : 'node',
    resolve: { mainFields: ['module', 'main'] },
    // A development dependency that the sources import becomes a part of the bundle.
    external: (id) => isBuiltin(id) || apart.some((other) => id === other || id.startsWith(`${other}/`)),
    // Where modules are CommonJS, `import()` may be missing: test runners that load files themselves have none.
    output: {
      dir,
      format,
      cleanDir,
      // A package that is loaded when it is needed is a file by its own name, not `dist.js`.
      chunkFileNames: ({ name: chunk, moduleIds }) =>
        `${(chunk === 'dist' && /\/([\w-]+)\/dist\//.exec(moduleIds.at(-1) ?? '')?.[1]) || chunk}.js`,
      dynamicImportInCjs: false,
      codeSplitting: { groups },
    },
  });
  const ids = output.flatMap((file) => file.moduleIds ?? []);
  // What is a part of the bundle comes with its licence.
  for (const [, folder, other] of ids.map(
    (id) => /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(id) ?? [],
  )) {
    if (other !== undefined) cpSync(`${folder}/LICENSE`, `${dir}/${other.replace('/', '-')}.LICENSE.txt`);
  }
}
