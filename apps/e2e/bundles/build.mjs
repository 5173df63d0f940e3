// Bundles a program with one bundler, every dependency included: node build.mjs <bundler> <entry> <folder>.
// It is copied to where the bundlers are installed, and prints the path of the file to run.
import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [, , bundler, entry, folder] = process.argv;
const bin = fileURLToPath(new URL('node_modules/.bin/', import.meta.url));
const call = (name, ...args) =>
  execFileSync(join(bin, name), args, { cwd: dirname(entry), stdio: ['ignore', 'ignore', 'inherit'] });
const at = (name) => join(folder, name);

const builders = {
  'esbuild, ESM': () => esbuild({ format: 'esm', outfile: at('host.mjs') }),
  'esbuild, CommonJS': () => esbuild({ format: 'cjs', outfile: at('host.cjs') }),
  async 'esbuild, split'() {
    await esbuild({ format: 'esm', splitting: true, outdir: folder, outExtension: { '.js': '.mjs' } });
    return at('host.mjs');
  },
  'webpack, CommonJS': () => webpack({ output: { path: folder, filename: 'host.cjs' } }),
  'webpack, ESM': () =>
    webpack({
      experiments: { outputModule: true },
      output: { path: folder, filename: 'host.mjs', module: true, library: { type: 'module' } },
    }),
  'rollup, ESM': () => rollup('es', 'mjs'),
  'rollup, CommonJS': () => rollup('cjs', 'cjs'),
  'rolldown, ESM': () => rolldown('esm', 'mjs'),
  'rolldown, CommonJS': () => rolldown('cjs', 'cjs'),
  async 'vite, SSR'() {
    const { build } = await import('vite');
    await build({
      root: dirname(entry),
      logLevel: 'error',
      build: { ssr: basename(entry), outDir: folder, emptyOutDir: false },
      ssr: { noExternal: true },
    });
    return at('host.mjs');
  },
  ncc() {
    call('ncc', 'build', entry, '-o', folder, '-q');
    return at('index.mjs');
  },
  'bun, for Node'() {
    call('bun', 'build', entry, '--target=node', `--outfile=${at('host.mjs')}`);
    return at('host.mjs');
  },
  'bun, for Bun'() {
    call('bun', 'build', entry, '--target=bun', `--outfile=${at('host.mjs')}`);
    return at('host.mjs');
  },
  'bun, executable'() {
    call('bun', 'build', entry, '--compile', `--outfile=${at('host')}`);
    return at('host');
  },
  // https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html
  async 'Node, executable'() {
    const main = await esbuild({ format: 'cjs', outfile: at('host.cjs') });
    const config = { main, output: at('host.blob'), disableExperimentalSEAWarning: true };
    writeFileSync(at('host.json'), JSON.stringify(config));
    execFileSync(process.execPath, ['--experimental-sea-config', at('host.json')], { stdio: 'ignore' });
    copyFileSync(process.execPath, at('host'));
    const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
    execFileSync(
      join(bin, 'postject'),
      [at('host'), 'NODE_SEA_BLOB', at('host.blob'), '--sentinel-fuse', fuse],
      {
        stdio: 'ignore',
      },
    );
    return at('host');
  },
};

async function esbuild(options) {
  const { build } = await import('esbuild');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', logLevel: 'error', ...options });
  return options.outfile;
}

async function webpack(options) {
  const { default: run } = await import('webpack');
  const base = { target: 'node20', mode: 'production', optimization: { minimize: false } };
  const config = { ...base, context: dirname(entry), entry, ...options };
  const stats = await new Promise((resolve, reject) => {
    run(config, (error, done) => (error === null ? resolve(done) : reject(error)));
  });
  if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  return at(options.output.filename);
}

async function rollup(format, extension) {
  const [{ rollup }, { nodeResolve }, { default: commonjs }, { default: json }] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
    import('@rollup/plugin-commonjs'),
    import('@rollup/plugin-json'),
  ]);
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs(), json()],
    logLevel: 'silent',
  });
  await bundle.write(chunks(format, extension));
  return at(`host.${extension}`);
}

async function rolldown(format, extension) {
  const { build } = await import('rolldown');
  await build({ input: entry, platform: 'node', logLevel: 'silent', output: chunks(format, extension) });
  return at(`host.${extension}`);
}

function chunks(format, extension) {
  const names = { entryFileNames: `host.${extension}`, chunkFileNames: `[name]-[hash].${extension}` };
  return { dir: folder, format, ...names };
}

const build = builders[bundler];
if (build === undefined) throw new Error(`Expected one of: ${Object.keys(builders).join('; ')}`);
process.stdout.write(await build());
