import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Field, fields, fieldTree } from '@candor/schema';
import { temporaryDirectory } from '@candor/testing';
import { traefikV3 } from '@candor/traefik';
import { beforeEach, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await temporaryDirectory();
});

/** Runs the built program in a folder of its own, and resolves to what it said. */
async function candor(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [main, ...args], { cwd: folder, env: {} });
}

/** What people read on the page: text without markup. */
async function pageText(name = 'collected.html'): Promise<string> {
  const html = await readFile(join(folder, name), 'utf8');
  return html
    .replace(/<head>[^]*<\/head>/, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

describe('candor docs', () => {
  it('writes one file with every exported field, what it is, why, what is done to it and an example', async () => {
    const { stderr } = await candor('docs', 'traefik-v3');
    expect(stderr).toBe('Wrote collected.html.\n');
    const text = await pageText();
    expect(text).toContain('What traefik collects');
    const list = fields(traefikV3);
    const said = ({ path, key, description, why }: Field): string =>
      [path, key === true && 'its name', description, why]
        .filter((one) => one !== undefined && one !== false)
        .map(String)
        .map(escaped)
        .join(' ');
    for (const field of list.fields.filter(({ path }) => path !== '')) expect(text).toContain(said(field));
    expect(text).toContain(
      'accessLog.bufferingSize How many lines are held back before they are written. Is buffering of the access log needed? in steps 1, 10, 100, 1000, 10000 such as &quot;1..10&quot;',
    );
    expect(text).toContain('hash of the configuration, under a random key that is thrown away');
    expect(text).toContain('traefik usage off');
    expect(text).toContain(list.digest);
  });

  it('asks for nothing from anywhere, and runs nothing', async () => {
    await candor('docs', 'traefik-v2', 'page.html');
    const html = await readFile(join(folder, 'page.html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-`);
    expect(html).not.toMatch(/<script|<link|<img|\ssrc=|\shref=|\sstyle=|\son\w+=|url\(|@import/);
  });

  it('takes the field list that is kept, facts and features included, and other names', async () => {
    const schema = { type: 'object', export: true, properties: { a: { type: 'boolean', export: true } } };
    await writeFile(join(folder, 'schema.json'), JSON.stringify(schema));
    await candor('fields', 'schema.json', '--write', '--features', 'sso');
    await candor('docs', 'candor.fields.json', '--product', 'notes', '--command', 'notesctl telemetry');
    const text = await pageText();
    expect(text).toContain('What notes collects');
    expect(text).toContain('$features.* one of sso such as &quot;sso&quot;');
    expect(text).toContain('notesctl telemetry off');
    await candor('docs', 'schema.json', 'other.html', '--features', 'sso', '--product', 'notes');
    expect(await pageText('other.html')).toContain('$features.* one of sso');
  });

  it('shows words of a schema as text', async () => {
    const hostile = `"'><script>alert(1)</script>`;
    const schema = {
      type: 'object',
      export: true,
      properties: { [hostile]: { enum: [hostile], export: true, description: hostile, why: hostile } },
    };
    await writeFile(join(folder, 'schema.json'), JSON.stringify(schema));
    await candor('docs', 'schema.json', '--product', hostile);
    const html = await readFile(join(folder, 'collected.html'), 'utf8');
    expect(html).not.toMatch(/<script|"'>/);
  });

  it.each([
    ['a list that was edited by hand', { ...fields(traefikV3), fields: [] }, 'edited by hand'],
    ['something else', ['x'], 'schema'],
  ])('refuses %s', async (_, content, message) => {
    await writeFile(join(folder, 'candor.fields.json'), JSON.stringify(content));
    const failed = candor('docs', 'candor.fields.json');
    await expect(failed).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  });

  it('says where it cannot write', async () => {
    const failed = candor('docs', 'traefik-v3', 'missing/page.html');
    const stderr = 'candor: missing/page.html: the page cannot be written (ENOENT)\n';
    await expect(failed).rejects.toMatchObject({ code: 1, stderr });
  });
});

describe('candor schema', () => {
  it('prints the JSON Schema of a preset, and of a library', async () => {
    const { stdout } = await candor('schema', 'traefik-v3');
    expect(fields(JSON.parse(stdout)).digest).toBe(fields(traefikV3).digest);
    const zod = import.meta.resolve('zod');
    await writeFile(
      join(folder, 'schema.mjs'),
      `import * as z from ${JSON.stringify(zod)};
       export const schema = z.object({ a: z.boolean().meta({ export: true }) }).meta({ export: true });`,
    );
    const printed = JSON.parse((await candor('schema', 'schema.mjs')).stdout) as object;
    expect(fieldTree(printed as typeof traefikV3).properties.get('a')?.tag).toEqual({});
  });
});

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll("'", '&#39;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;');
}
