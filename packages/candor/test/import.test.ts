import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** A hook of the module loader that names each module on standard error. */
const hook = `export async function load(url, context, next) { process._rawDebug(url); return next(url, context); }`;
const script = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
await import('candor');`;

it('loads no parser, HTTP client, command line or schema of others into a host that imports it', async () => {
  const args = ['--input-type=module', '--eval', script];
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
  const modules = stderr.split('\n').filter((line) => line.startsWith('file:'));
  expect(modules.length).toBeGreaterThan(10);
  expect(modules.some((url) => url.endsWith('/candor/dist/create-usage-reporting.js'))).toBe(true);
  const heavy =
    /undici|smol-toml|toml-eslint-parser|\/yaml@|escape-goat|packages\/(?:config|traefik|anonymizer)\/|\/cli\/|\/operator\/(?:command|serve)/;
  expect(modules.filter((url) => heavy.test(url))).toEqual([]);
});
