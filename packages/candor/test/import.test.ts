import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@candor/testing';
import { expect, it } from 'vitest';

/** A hook of the module loader that names each module on standard error. */
const hook = `export async function load(url, context, next) { process._rawDebug(url); return next(url, context); }`;
const registration = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));`;

/** Runs Node with the hook; resolves to the files that it loaded as modules. */
async function loadedBy(args: readonly string[], cwd: string = import.meta.dirname): Promise<string[]> {
  const hooked = ['--import', `data:text/javascript,${encodeURIComponent(registration)}`, ...args];
  const { stderr } = await promisify(execFile)(process.execPath, hooked, { cwd });
  return stderr.split('\n').filter((line) => line.startsWith('file:'));
}

it('loads no parser, HTTP client, command line or schema of others into a host that imports it', async () => {
  const modules = await loadedBy(['--input-type=module', '--eval', "await import('candor');"]);
  expect(modules.length).toBeGreaterThan(10);
  expect(modules.some((url) => url.endsWith('/candor/dist/create-usage-reporting.js'))).toBe(true);
  const heavy =
    /undici|smol-toml|\/yaml@|escape-goat|packages\/(?:config|traefik|anonymizer)\/|\/cli\/|\/operator\/(?:command|serve)/;
  expect(modules.filter((url) => heavy.test(url))).toEqual([]);
});

it('loads no reporter, page, list or lint for a preview, and nothing of other commands for the help text', async () => {
  const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'traefik.toml'), '[api]\n');
  const shown = await loadedBy([main, 'preview', 'traefik.toml'], folder);
  expect(shown.some((url) => url.endsWith('/cli/preview.js'))).toBe(true);
  const unneeded =
    /packages\/reporter\/|schema\/dist\/(?:html|lint|sample)|\/cli\/(?:docs|fields|lint|notice|schema)\.js/;
  expect(shown.filter((url) => unneeded.test(url))).toEqual([]);
  const helped = await loadedBy([main, '--help'], folder);
  expect(helped.filter((url) => /packages\/(?:anonymizer|reporter|traefik)\//.test(url))).toEqual([]);
});

it('loads nothing of the network into a host that imports it', async () => {
  const list = `await import('candor'); process._rawDebug(process.moduleLoadList.join('\\n'));`;
  const args = ['--input-type=module', '--eval', list];
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  const loaded = stderr.split('\n').flatMap((line) => /^NativeModule (\w+)$/.exec(line)?.[1] ?? []);
  expect(loaded).toContain('crypto');
  const heavy = ['net', 'tls', '_tls_wrap', 'http', 'https', 'dns', 'zlib', 'worker_threads'];
  expect(loaded.filter((name) => heavy.includes(name))).toEqual([]);
});
