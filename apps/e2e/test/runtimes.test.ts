import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, test } from 'vitest';
import { expectReport } from './support/expect-report.js';
import { installPacked } from './support/packed.js';
import { run } from './support/run.js';
import { bundlers, installTools, runtimes } from './support/tools.js';

const sources = fileURLToPath(new URL('../bundles/', import.meta.url));

let project: string;
let tools: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'candor-runtimes-'));
  await installPacked(project, { zod: '4.6.7' });
  await cp(join(sources, 'host.mjs'), join(project, 'host.mjs'));
  await cp(join(sources, 'jest.cjs'), join(project, 'host.test.js'));
  tools = await installTools(runtimes);
}, 600_000);

afterAll(() => rm(project, { recursive: true, force: true }));

test.each([
  ['Node 20', 'node_modules/node-20/bin/node', []],
  ['Node 22', 'node_modules/node-22/bin/node', []],
  ['Node 24', 'node_modules/node-24/bin/node', []],
  ['Bun', 'node_modules/.bin/bun', []],
  ['Deno', 'node_modules/.bin/deno', ['run', '--allow-all']],
])('%s runs the packages as they are', async (_, command, args) => {
  await expectReport(join(tools, command), [...args, join(project, 'host.mjs')]);
});

test('jest loads the packages as CommonJS, without any setting', async () => {
  const jest = join(await installTools(bundlers), 'node_modules/jest/bin/jest.js');
  await run(process.execPath, [jest, '--rootDir', project], { cwd: project });
}, 600_000);
