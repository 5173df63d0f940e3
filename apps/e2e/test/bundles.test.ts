import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectReport } from './support/expect-report.js';
import { installPacked } from './support/packed.js';
import { run } from './support/run.js';
import { bundlers, installTools } from './support/tools.js';

const sources = fileURLToPath(new URL('../bundles/', import.meta.url));

let work: string;
/** A host's project: its program, and the packages from their tarballs. */
let project: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'candor-bundles-'));
  project = join(work, 'project');
  await mkdir(project);
  await installPacked(project, { zod: '4.6.7' });
  await cp(join(sources, 'host.mjs'), join(project, 'host.mjs'));
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe('a bundle reports as the packages do', () => {
  let tools: string;

  beforeAll(async () => {
    tools = await installTools(bundlers);
    await cp(join(sources, 'build.mjs'), join(tools, 'build.mjs'));
  }, 600_000);

  test.each([
    'esbuild, ESM',
    'esbuild, CommonJS',
    'esbuild, split',
    'webpack, CommonJS',
    'webpack, ESM',
    'rollup, ESM',
    'rollup, CommonJS',
    'rolldown, ESM',
    'rolldown, CommonJS',
    'vite, SSR',
    'ncc',
    'bun, for Node',
    'bun, for Bun',
    'bun, executable',
    'Node, executable',
  ])(
    '%s',
    async (bundler) => {
      const folder = join(work, bundler.replaceAll(/\W+/g, '-'));
      await mkdir(folder);
      const build = ['build.mjs', bundler, join(project, 'host.mjs'), folder];
      const file = await run(process.execPath, build, { cwd: tools });
      const decoys = await writeDecoys(dirname(file));
      const runner = bundler === 'bun, for Bun' ? join(tools, 'node_modules/.bin/bun') : process.execPath;
      await (file.endsWith('host') ? expectReport(file, []) : expectReport(runner, [file]));
      expect(await readdir(decoys)).toEqual([]);
    },
    300_000,
  );
});

/** Puts a worker of the host's own beside its bundle; it leaves a file in the folder that this resolves to when it is started. */
async function writeDecoys(folder: string): Promise<string> {
  const started = await mkdtemp(join(work, 'started-'));
  const code = `import('node:fs').then((fs) => fs.writeFileSync(${JSON.stringify(started)} + '/' + process.pid, ''));\n`;
  const present = await readdir(folder);
  for (const name of ['worker.js', 'worker.mjs', 'worker.cjs']) {
    if (!present.includes(name)) await writeFile(join(folder, name), code);
  }
  return started;
}
