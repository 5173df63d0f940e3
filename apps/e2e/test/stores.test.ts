import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conformanceTests } from '@candor/storage/conformance';
import { beforeAll, expect, test } from 'vitest';
import { run } from './support/run.js';
import { installTools, runtimes } from './support/tools.js';

const script = fileURLToPath(new URL('../stores/conformance.mjs', import.meta.url));

let tools: string;

beforeAll(async () => {
  tools = await installTools(runtimes);
}, 600_000);

test.each([
  ['20', '@photostructure/sqlite'],
  ['22', 'node:sqlite'],
  ['24', 'node:sqlite'],
])(
  'SQLite keeps every promise of a store on Node %s with %s',
  async (version, driver) => {
    const node = join(tools, `node_modules/node-${version}/bin/node`);
    const output = await run(node, ['--no-warnings', script], { cwd: tools });
    console.log(output.trim());
    const { node: ran, ...result } = JSON.parse(output) as { node: string };
    expect(ran.split('.')[0]).toBe(version);
    expect(result).toEqual({ driver, passed: conformanceTests().length, failed: [], skipped: 0 });
  },
  900_000,
);
