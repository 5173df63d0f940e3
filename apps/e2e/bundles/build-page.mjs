// Bundles a page's script with one bundler for browsers, without any setting for Node's modules:
// node build-page.mjs <bundler> <entry> <folder>. It is copied to where the bundlers are installed, and prints the path
// of the file.
import { dirname, join } from 'node:path';

const [, , bundler, entry, folder] = process.argv;
const file = join(folder, 'page.js');

const builders = {
  async esbuild() {
    const { build } = await import('esbuild');
    const options = { platform: 'browser', format: 'esm', bundle: true, minify: true, logLevel: 'error' };
    await build({ ...options, entryPoints: [entry], outfile: file });
  },
  async rollup() {
    const [{ rollup }, { nodeResolve }, { default: commonjs }] = await Promise.all([
      import('rollup'),
      import('@rollup/plugin-node-resolve'),
      import('@rollup/plugin-commonjs'),
    ]);
    const onwarn = ({ code, message }) => {
      if (code === 'UNRESOLVED_IMPORT') throw new Error(message);
    };
    const bundle = await rollup({
      input: entry,
      plugins: [nodeResolve({ browser: true }), commonjs()],
      onwarn,
    });
    await bundle.write({ file, format: 'es' });
  },
  async rolldown() {
    const { build } = await import('rolldown');
    await build({ input: entry, platform: 'browser', output: { file, format: 'esm' } });
  },
  async vite() {
    const { build } = await import('vite');
    const lib = { entry, formats: ['es'], fileName: () => 'page.js' };
    await build({ root: dirname(entry), logLevel: 'error', build: { lib, outDir: folder } });
  },
  async webpack() {
    const { default: run } = await import('webpack');
    const stats = await new Promise((resolve, reject) => {
      run(
        {
          target: 'web',
          mode: 'production',
          context: dirname(entry),
          entry,
          output: { path: folder, filename: 'page.js' },
        },
        (error, done) => (error === null ? resolve(done) : reject(error)),
      );
    });
    if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  },
};

const build = builders[bundler];
if (build === undefined) throw new Error(`Expected one of: ${Object.keys(builders).join(', ')}`);
await build();
process.stdout.write(file);
