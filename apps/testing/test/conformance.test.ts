import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '@candor/testing';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const suite = `
  import { expect, it } from 'vitest';
  import { describeConformance } from './helper/a/b/conformance.js';
  describeConformance('vectors', 'rfc8785', (data) => {
    for (const name of data.json('names.json')) it(name, () => expect(name).toBe('one'));
  });
  it('a test of our own', () => expect(1).toBe(1));
`;

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  /** What it left among the temporary files. */
  readonly left: string[];
}

/** Runs a suite over reference data in a clone that holds nothing else. */
async function runInClone(environment: Record<string, string>, data?: string): Promise<Run> {
  const outside = await temporaryDirectory();
  const clone = join(outside, 'clone');
  const temporary = join(outside, 'tmp');
  // The helper looks three folders up for the repository.
  const helper = join(clone, 'helper/a/b');
  await mkdir(helper, { recursive: true });
  await mkdir(temporary);
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
  await cp(join(root, 'apps/testing/dist/conformance.js'), join(helper, 'conformance.js'));
  await cp(join(root, '.config/closing-lines.ts'), join(clone, 'closing-lines.ts'));
  await writeFile(join(clone, 'some.test.js'), suite);
  if (data !== undefined) {
    const folder = join(outside, 'shared/conformance/rfc8785');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'names.json'), data);
  }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter', 'dot', '--reporter', './closing-lines.ts'];
  const env = { PATH: process.env.PATH ?? '', TMPDIR: temporary, ...environment };
  return await new Promise((resolve) => {
    const args = [vitest, 'run', '--root', clone, ...reporters];
    execFile(process.execPath, args, { cwd: clone, env }, (error, output, errors) => {
      const code = error === null ? 0 : Number(error.code);
      const left = readdirSync(temporary).filter((name) => name.startsWith('candor-'));
      resolve({ code, output, errors, left });
    });
  });
}

it('passes without the reference data, and ends with what did not run and where its data is published', async () => {
  const { code, output, left } = await runInClone({});
  expect(output.trimEnd().split('\n').slice(-3)).toEqual([
    '1 passed, 0 failed, 1 skipped',
    expect.stringMatching(/^Not run, because .*CANDOR_CONFORMANCE/),
    '  vectors: rfc8785 data, github.com/cyberphone/json-canonicalization (testdata)',
  ]);
  expect({ code, left }).toEqual({ code: 0, left: [] });
});

it('fails where the reference data was promised and is not there', async () => {
  const { code, output, errors } = await runInClone({ CANDOR_CONFORMANCE: '/nonexistent' });
  expect(errors).toContain('CANDOR_CONFORMANCE is set, but it has no folder "rfc8785"');
  expect(output.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 0 skipped');
  expect(code).toBe(1);
});

it.each<Record<string, string>>([{}, { CANDOR_CONFORMANCE: '../shared/conformance' }])(
  'runs a suite whose data is there (%o)',
  async (env) => {
    const { code, output } = await runInClone(env, '["one", "one more"]');
    expect(output.trimEnd().split('\n').at(-1)).toBe('2 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  },
);
