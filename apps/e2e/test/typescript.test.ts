import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { installPacked } from './support/packed.js';
import { run } from './support/run.js';

const host = fileURLToPath(new URL('../typescript/host.ts', import.meta.url));

let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'candor-typescript-'));
  await installPacked(work, {
    zod: '4.6.7',
    '@types/node': '20.19.0',
    'typescript-5.9': 'npm:typescript@5.9.3',
    'typescript-7.0': 'npm:typescript@7.0.2',
  });
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe.each(['5.9', '7.0'])('the types of the packages, as TypeScript %s reads them', (version) => {
  const ways: readonly (readonly [resolution: string, module: string, type: string])[] = [
    ['node16', 'node16', 'module'],
    ['node16', 'node16', 'commonjs'],
    ['nodenext', 'nodenext', 'module'],
    ['nodenext', 'nodenext', 'commonjs'],
    ['bundler', 'esnext', 'module'],
    // TypeScript 7 has it no more.
    ...(version === '5.9' ? [['node10', 'commonjs', 'commonjs'] as const] : []),
  ];

  test.each(ways)(
    'moduleResolution %s, module %s, in a package of type %s',
    async (resolution, module, type) => {
      const folder = join(work, `${version}-${resolution}-${type}`);
      await mkdir(folder);
      await cp(host, join(folder, 'host.ts'));
      await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
      const compilerOptions = {
        target: 'es2023',
        lib: ['es2023'],
        types: ['node'],
        typeRoots: [join(work, 'node_modules/@types')],
        module,
        moduleResolution: resolution,
        strict: true,
        esModuleInterop: true,
        noEmit: true,
      };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['host.ts'] }));
      const tsc = join(work, `node_modules/typescript-${version}/bin/tsc`);
      await run(process.execPath, [tsc, '-p', folder], { cwd: work });
    },
  );
});
