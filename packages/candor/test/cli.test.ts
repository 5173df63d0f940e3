import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fields, parseFieldList } from '@candor/schema';
import { traefikV3 } from '@candor/traefik';
import { describe, expect, it } from 'vitest';
import { reportNode } from '../src/report/report-node.js';
import { file, here, inEmptyFolder, main } from './support/command-line.js';

inEmptyFolder();

describe('candor fields, lint and notice', () => {
  const before = {
    type: 'object',
    export: true,
    properties: { port: { type: 'integer', export: { bucket: [1024] } } },
  };
  const after = {
    ...before,
    properties: { ...before.properties, note: { type: 'string', export: 'text', description: 'A note.' } },
  };

  it('keeps the list, and fails with the difference when the schema exports more', async () => {
    await file('schema.json', JSON.stringify(before));
    const printed = await here('fields', 'schema.json');
    expect(parseFieldList(JSON.parse(printed.stdout))).toEqual(fields(before));
    expect(await here('fields', 'schema.json', '--write')).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile('candor.fields.json', 'utf8')).toBe(printed.stdout);
    expect(await here('fields', 'schema.json', '--check')).toMatchObject({ code: 0, stdout: '' });
    await file('schema.json', JSON.stringify(after));
    const grown = await here('fields', 'schema.json', '--check');
    expect(grown).toMatchObject({ code: 1, stdout: '+ note (text, scrubbed): A note.\n' });
    expect(grown.stderr).toContain('exports more than the list says');
    await here('fields', 'schema.json', 'kept/../other.json', '--write');
    expect(await readdir('.')).not.toContain('other.json');
    await here('fields', 'schema.json', 'other.json', '--write');
    await file('schema.json', JSON.stringify(before));
    const shrunk = await here('fields', 'schema.json', 'other.json', '--check');
    expect(shrunk).toMatchObject({ code: 1, stdout: '- note (text, scrubbed): A note.\n' });
    expect(shrunk.stderr).toContain('exports no more');
  });

  it('lists facts and features with the configuration, as the library does', async () => {
    await file('schema.json', JSON.stringify(before));
    await file('facts.json', JSON.stringify(after));
    const { stdout } = await here('fields', 'schema.json', '--facts', 'facts.json', '--features', 'sso,2');
    const place = reportNode({ schema: before, factsSchema: after, features: ['sso', '2'] });
    expect(JSON.parse(stdout)).toEqual(fields(place));
    const notice = await here('notice', 'schema.json', '--features', '2', '--product', '7');
    expect(notice.stdout).toMatch(/^7 reports[\s\S]+\$features\.\* \(one of 2\)/);
  });

  it('lists what a host says of itself, and takes the schema of facts from its module', async () => {
    const candor = new URL('../dist/index.js', import.meta.url).href;
    await file(
      'usage.mjs',
      `import { createUsageReporting } from ${JSON.stringify(candor)};
       export const schema = ${JSON.stringify(before)};
       export const factsSchema = ${JSON.stringify(after)};
       export const usage = createUsageReporting({
         product: 'notes', version: '1.4.0', schema, factsSchema, features: ['sso'], config: () => ({}),
         endpoint: 'https://usage.example.org/v1/reports', consent: undefined,
       });`,
    );
    const expected = fields(reportNode({ schema: before, factsSchema: after, features: ['sso'] }));
    expect(JSON.parse((await here('fields', 'usage.mjs')).stdout)).toEqual(expected);
    const given = await here('fields', 'usage.mjs', '--facts', 'usage.mjs', '--features', 'sso');
    expect(JSON.parse(given.stdout)).toEqual(expected);
  });

  it('does not trust a list that was edited by hand, nor go on without one', async () => {
    expect(await here('fields', 'traefik-v3', '--check')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('(ENOENT)'),
    });
    const list = fields(traefikV3);
    await file('candor.fields.json', JSON.stringify({ ...list, fields: list.fields.slice(1) }));
    expect(await here('fields', 'traefik-v3', '--check')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('edited by hand'),
    });
  });

  it('checks the tags of a schema', async () => {
    expect(await here('lint', 'traefik-v2')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^0 errors/),
    });
    await file(
      'schema.json',
      JSON.stringify({ type: 'object', export: true, properties: { a: { type: 'string', export: true } } }),
    );
    const { code, stdout } = await here('lint', 'schema.json');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error {4}a .*\(@candor\/unbounded-value\)$/m);
  });

  it('says of the names of a map what becomes of those that are not known', async () => {
    const { stdout } = await here('notice', 'traefik-v2');
    expect(stdout).toMatch(/^ {2}entryPoints\.\* \(its name, only web, .*; any other as key1, key2, …\)/m);
    const preview = await here('preview', '--format', 'json', '--', '--entryPoints.team.address=:80');
    expect(JSON.parse(preview.stdout).configuration).toEqual({ entryPoints: { key1: { address: ':80' } } });
  });

  it('prints the notice of a first run', async () => {
    const { stdout } = await here('notice', 'traefik-v2', '--endpoint', 'https://usage.example/v1/reports');
    expect(stdout).toContain('traefik reports anonymous usage once a day');
    expect(stdout).toContain('  https://usage.example/v1/reports\n');
    expect(stdout).toMatch(/^ {2}providers\.docker\.swarmMode \(as it is\): /m);
  });

  it('ends quietly when its reader has seen enough', async () => {
    const child = execFile(process.execPath, [main, 'fields', 'traefik-v3']);
    let errors = '';
    child.stderr!.on('data', (chunk) => (errors += String(chunk)));
    child.stdout!.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });
});
