import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packPackages } from '@candor/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './support/run.js';
import { npmInstall } from './support/tools.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Record<string, string>;
}

/** What each package may install beside the packages of this repository, with everything below it. */
const heavy: Record<string, readonly string[]> = {
  'http client': ['undici'],
  'http server': ['hono', '@hono/node-server'],
  'file parsers': ['smol-toml', 'yaml'],
  database: ['@photostructure/sqlite'],
  'database client': ['pg', '@clickhouse/client'],
};
const mayInstall: Record<string, readonly string[]> = {
  '@candor/collector': ['http server'],
  '@candor/dashboard': ['http server'],
  '@candor/storage-clickhouse': ['database client'],
  '@candor/storage-postgres': ['database client'],
  '@candor/storage-sqlite': ['database'],
};

/** The packages that a host embeds; they are published as CommonJS too. */
const embedded: ReadonlySet<string> = new Set([
  'candor',
  ...['anonymizer', 'config', 'hasher', 'protocol', 'reporter', 'schema', 'traefik'].map(
    (name) => `@candor/${name}`,
  ),
]);

/** What the examples of the READMEs need beside the packages of this repository. */
const companions = { zod: '4.6.7', hono: '4.13.19', '@hono/node-server': '2.1.9' };

const folders = (await readdir(join(root, 'packages'))).toSorted();
const manifests = await Promise.all(
  folders.map(
    async (folder) =>
      JSON.parse(await readFile(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest,
  ),
);

let work: string;
let tarballs: Map<string, string>;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'candor-packages-'));
  tarballs = await packPackages(work);
});

afterAll(() => rm(work, { recursive: true, force: true }));

describe.each(manifests.map((manifest, index) => ({ name: manifest.name, folder: folders[index]! })))(
  '$name as published',
  ({ name, folder }) => {
    test('passes publint and are-the-types-wrong', async () => {
      const tarball = tarballs.get(name)!;
      await run(bin('publint'), ['run', '--strict', tarball], { cwd: root });
      await run(bin('attw'), [tarball, '--profile', embedded.has(name) ? 'strict' : 'esm-only'], {
        cwd: root,
      });
    });

    test('installs alone and runs in ESM, CommonJS and TypeScript', async () => {
      const home = join(work, 'consumers', folder);
      await mkdir(home, { recursive: true });
      await writeFile(join(home, 'package.json'), JSON.stringify(consumerManifest(name)));
      await npmInstall(home);

      const files = await readdir(join(home, 'node_modules', name));
      expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'package.json']));
      expect(await heavyInstalled(home)).toEqual((mayInstall[name] ?? []).toSorted());

      for (const type of ['module', 'commonjs']) {
        const consumer = join(home, type);
        await mkdir(consumer);
        await cp(join(root, 'apps/e2e/consumers', `${folder}.ts`), join(consumer, 'consumer.ts'));
        await writeFile(join(consumer, 'package.json'), JSON.stringify({ type }));
        await writeFile(join(consumer, 'tsconfig.json'), JSON.stringify(consumerTsconfig));
        await run(bin('tsc'), ['-p', consumer], { cwd: root });
        const stdout = await run(process.execPath, ['--no-warnings', 'consumer.js'], { cwd: consumer });
        expect(stdout.trim()).toBe('ok');
      }
    });
  },
);

describe('the examples in the READMEs, as written', () => {
  let home: string;

  beforeAll(async () => {
    home = join(work, 'readme');
    await mkdir(home);
    const packed = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]));
    const manifest = { private: true, type: 'module', dependencies: { ...packed, ...companions } };
    await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
    await npmInstall(home);
  });

  test.each(['.', ...folders.map((folder) => `packages/${folder}`)])('%s', async (folder) => {
    const readme = await readFile(join(root, folder, 'README.md'), 'utf8');
    const example = /```[jt]s\n(import [^]+?)```/.exec(readme)?.[1] ?? '';
    expect(example).not.toBe('');
    const installed = readme.match(/^npm install .*/gm)?.flatMap((line) => line.split(' ').slice(2)) ?? [];
    const imported = [...example.matchAll(/from '((?:@[\w-]+\/)?[\w-]+)/g)].map((match) => match[1]!);
    expect(installed).toEqual(expect.arrayContaining(imported.filter((name) => name !== 'node')));

    const script = join(home, 'example.js');
    await writeFile(script, untilListening(example));
    const env = { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: home };
    await run(process.execPath, ['--no-warnings', script], { cwd: home, env });
  });

  test('the command line loads what it shows once, as modules and not as CommonJS beside them', async () => {
    await writeFile(join(home, 'traefik.toml'), '[api]\n');
    const main = join(home, 'node_modules/candor/dist/bundle/cli/main.js');
    const hooked = ['--import', `data:text/javascript,${encodeURIComponent(registration)}`, main];
    const stdout = await run(process.execPath, [...hooked, 'preview', 'traefik.toml'], { cwd: home });
    expect(stdout).toContain('[api]');
    const own = stdout.split('\n').filter((line) => /node_modules\/(?:@candor|candor)\//.test(line));
    expect(own.some((url) => url.includes('/@candor/traefik/dist/bundle/'))).toBe(true);
    expect(own.filter((url) => /\/commonjs\/|\/reporter\/|\/candor\/dist\/bundle\/[^/]*$/.test(url))).toEqual(
      [],
    );
  });

  test('a program that imports candor loads one file behind its entry, and no other package', async () => {
    const hooked = ['--import', `data:text/javascript,${encodeURIComponent(registration)}`];
    const stdout = await run(process.execPath, [...hooked, '--eval', "import('candor')"], { cwd: home });
    const loaded = stdout.match(/(?<=node_modules\/).+/g);
    expect(loaded).toEqual(['index.js', 'candor.js'].map((file) => `candor/dist/bundle/${file}`));
  });
});

/** Names each module that Node loads on standard output. */
const hook = `import { writeSync } from 'node:fs';
export async function load(url, context, next) { writeSync(1, url + '\\n'); return next(url, context); }`;
const registration = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));`;

/** An example that serves, on a free port, and ended as soon as it listens. */
function untilListening(example: string): string {
  if (!example.includes('serve(')) return example;
  const end = "server.once('listening', () => process.emit('SIGTERM') || process.exit());";
  return `${example.replace(/port: \d+/, 'port: 0')}\n${end}\n`;
}

const consumerTsconfig = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  },
  files: ['consumer.ts'],
};

/** The package under test from its tarball; the repository's other packages come from theirs. */
function consumerManifest(name: string): unknown {
  const overrides: Record<string, string> = {};
  for (const [other, tarball] of tarballs) if (other !== name) overrides[other] = `file:${tarball}`;
  return { private: true, dependencies: { [name]: `file:${tarballs.get(name)!}` }, overrides };
}

async function heavyInstalled(home: string): Promise<string[]> {
  const stdout = await run('npm', ['ls', '--all', '--parseable'], { cwd: home });
  const installed = new Set(stdout.split('\n').map((line) => line.split('node_modules/').at(-1)));
  return Object.keys(heavy)
    .filter((kind) => heavy[kind]!.some((dependency) => installed.has(dependency)))
    .toSorted();
}
