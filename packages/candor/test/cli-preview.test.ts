import { readdir } from 'node:fs/promises';
import { load } from '@candor/config';
import { parseReport, type Report } from '@candor/protocol';
import { fields } from '@candor/schema';
import { publishedExample as example } from '@candor/testing';
import { traefikV2 } from '@candor/traefik';
import { describe, expect, it } from 'vitest';
import { preview } from '../src/cli/preview.js';
import { candor, file, here, inEmptyFolder } from './support/command-line.js';

inEmptyFolder();

function asData(format: 'toml' | 'yaml', text: string): object {
  return load({ schema: traefikV2, text: { format, text } }).written;
}

describe('candor preview', () => {
  it('shows the published example as published: the text of TOML, spelling and parent tables', async () => {
    const { code, stdout, stderr } = await candor(
      'preview',
      await file('traefik.toml', example.toml),
      '--schema',
      'traefik-v2',
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: example.anonymizedToml, stderr: '' });
    expect(await readdir('.')).toEqual(['traefik.toml']);
  });

  it('shows the published example from YAML in its own format', async () => {
    const { stdout } = await candor('preview', await file('traefik.yml', example.yaml));
    expect(asData('yaml', stdout)).toEqual(example.anonymized);
    expect(stdout).toContain('\n    TLS:\n      ca: xxxx\n');
    expect(stdout).not.toContain('platform');
  });

  it('shows the published example from flags as TOML', async () => {
    const { stdout } = await candor('preview', '--', ...example.flags);
    expect(asData('toml', stdout)).toEqual(example.anonymized);
  });

  it('shows the report as it would be sent, whatever the input', async () => {
    const name = await file('traefik.toml', example.toml);
    const { stdout } = await candor('preview', name, '--format', 'json');
    const { report } = parseReport(JSON.parse(stdout));
    expect(report?.configuration).toEqual(example.anonymized);
    expect(report?.fields).toBe(fields(traefikV2).digest);
    const named = await candor('preview', name, '--format=json', '--product=gate', '--product-version=9.1.0');
    expect(JSON.parse(named.stdout) as Report).toMatchObject({ product: 'gate', version: '9.1.0' });
  });

  it('shows another format when asked, and flags over a file', async () => {
    const name = await file('traefik.toml', example.toml);
    expect(asData('yaml', (await candor('preview', name, '--format', 'yaml')).stdout)).toEqual(
      example.anonymized,
    );
    const { stdout } = await candor('preview', name, '--', '--providers.docker.swarmMode=false');
    expect(asData('toml', stdout)).toMatchObject({ providers: { docker: { swarmMode: false } } });
  });

  it.each([
    ['a long text in TOML', 'a.toml', `text = "${'a '.repeat(200_000)}"\n`],
    ['a long text beside a float in TOML', 'a.toml', `ratio = 1.5\ntext = '${'a '.repeat(200_000)}'\n`],
    ['a text of many lines in TOML', 'a.toml', `ratio = 1.5\ntext = """\n${'a\\n\n'.repeat(100_000)}"""\n`],
    ['a long key in TOML', 'a.toml', `ratio = 1.5\n[names]\n${'k'.repeat(400_000)} = 'a'\n`],
    ['a long comment in TOML', 'a.toml', `ratio = 1.5 # ${'k'.repeat(400_000)}\n`],
    ['a long number in TOML', 'a.toml', `ratio = 1.${'5'.repeat(400_000)}\n`],
    ['many values in TOML', 'a.toml', `ratio = 1.5\nlist = [${'1, '.repeat(130_000)}]\n`],
    ['a long text in YAML', 'a.yaml', `ratio: 1.5\ntext: ${'a '.repeat(200_000)}b\n`],
    ['a text of many lines in YAML', 'a.yaml', `text: |\n${'  a\n'.repeat(100_000)}`],
    ['a long key in YAML', 'a.yaml', `names:\n  ? ${'k'.repeat(400_000)}\n  : a\n`],
    ['many comments in YAML', 'a.yaml', `ratio: 1.5\n${'# a\n'.repeat(100_000)}`],
    ['many maps to merge in YAML', 'a.yaml', `<<: [${'{}, '.repeat(130_000)}]\nratio: 1.5\n`],
    ['a long text in JSON', 'a.json', `{"ratio": 1.5, "text": "${'\\n'.repeat(200_000)}"}`],
    ['a long key in JSON', 'a.json', `{"names": {"${'k'.repeat(400_000)}": "a"}}`],
    ['many values in JSON', 'a.json', `{"list": [${'1,'.repeat(130_000)}1]}`],
  ])('shows a file of any size that is loaded: %s', async (_, name, text) => {
    const schema = {
      type: 'object',
      export: true,
      properties: {
        ratio: { type: 'number', export: true },
        text: { type: 'string', export: 'text' },
        list: { type: 'array', export: true, items: { type: 'integer' } },
        names: { type: 'object', export: true, additionalProperties: { type: 'string' } },
      },
    };
    await file('schema.json', JSON.stringify(schema));
    const ran = await candor('preview', await file(name, text), '--schema', 'schema.json');
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^(?:<<|\{?\s*"?(?:text|ratio|names|list))/);
  });

  it('explains each path', async () => {
    const { stdout } = await candor('preview', await file('traefik.toml', example.toml), '--explain');
    expect(stdout).toMatch(/^kept +entryPoints\.web\.address +tagged -> ":80"$/m);
    expect(stdout).toMatch(/^masked +providers\.docker\.tls\.ca +no tag -> "xxxx"$/m);
    expect(stdout).toMatch(/\n\n9 kept, 5 masked\n$/);
    expect(stdout).not.toMatch(/dockerCA|10\.10\.10\.10/);
    expect(stdout).not.toContain('\u001b');
  });

  it('colours an explanation for a terminal only', async () => {
    const name = await file('traefik.toml', example.toml);
    const options = { schema: 'traefik-v2', format: 'own', explain: true, flags: [], colours: true };
    expect((await preview(name, options)).output).toContain('\u001b[36mmasked');
  });

  it('chooses the version of Traefik by content, and says why', async () => {
    const two = await here('preview', '--', '--pilot.dashboard=false');
    expect(two.stderr).toMatch(/^traefik-v2 takes this, traefik-v3 does not \(at pilot/);
    const three = await here('preview', '--', '--providers.swarm');
    expect(three.stderr).toMatch(/^traefik-v3 takes this, traefik-v2 does not \(at providers\.swarm/);
    const either = await here('preview', '--', '--providers.docker');
    expect(either).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^traefik-v2 and traefik-v3 both .*--schema traefik-v3/),
    });
    // A file may have sections of its own, so v2 takes this too, but leaves most of it alone.
    const more = await here('preview', await file('core.yaml', 'core: {defaultRuleSyntax: v3}\nping: {}\n'));
    expect(more.stderr).toMatch(/^traefik-v3 takes more of this than traefik-v2/);
    expect(more.stdout).toMatch(/^core:/);
    const refused = await here('preview', '--', '--providers.dokcer=hunter2');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /^candor: flags: providers\.dokcer: unknown key.*\nread as traefik-v\d; choose/,
    );
    const neither = await here('preview', await file('other.yml', 'hunter2: { hunter2: hunter2 }'));
    expect(neither).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('name the schema with --schema'),
    });
    expect(neither.stderr).not.toContain('hunter2');
  });

  it('takes a JSON Schema from a file, and a schema that a module exports', async () => {
    const schema = { type: 'object', export: true, properties: { port: { type: 'integer', export: true } } };
    await file('schema.json', JSON.stringify(schema));
    await file('schema.mjs', `export const schema = ${JSON.stringify(schema)};`);
    await file('default.mjs', `export default ${JSON.stringify(schema)};`);
    const config = await file('config.json', '{\n    "port": 80\n}\n');
    for (const name of ['schema.json', './schema.mjs', 'default.mjs']) {
      expect(await here('preview', config, '--schema', name)).toMatchObject({
        code: 0,
        stdout: '{\n    "port": 80\n}\n',
      });
    }
    const unnamed = await here('preview', config, '--schema', 'schema.json', '--format', 'json');
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('--product') });
  });

  it.each([
    ['a syntax error', 'a.toml', 'x = "hunter2\n', 1, /^candor: a\.toml:1:\d+: /],
    [
      'an unknown key',
      'a.toml',
      '[providers.dokcer]\nendpoint = "hunter2"\n',
      1,
      /^candor: a\.toml:1:\d+: providers\.dokcer: unknown key; did you mean "docker"\?/,
    ],
    [
      'a wrong type',
      'a.yml',
      'providers:\n  docker:\n    watch: hunter2\n',
      1,
      /^candor: a\.yml:3:\d+: providers\.docker\.watch: expected a boolean.*, found text/,
    ],
  ])('says where %s is, and never what', async (_, name, text, code, message) => {
    const ran = await here('preview', await file(name, text));
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toContain('hunter2');
  });

  it.each([
    [1, 'there is no such file', ['preview', 'nowhere.toml']],
    [1, 'a directory', ['preview', '.']],
    [1, 'the schema cannot be read (ENOENT)', ['preview', 'a.toml', '--schema', 'nowhere.json']],
    [1, 'cannot be loaded (ERR_MODULE_NOT_FOUND)', ['lint', 'nowhere.js']],
    [2, 'expected a file, or flags', ['preview']],
    [2, 'expected own, json, toml, yaml', ['preview', 'a.toml', '--format', 'xml']],
    [2, 'expected traefik-v2, traefik-v3', ['preview', 'a.toml', '--schema', 'traefik']],
    [2, 'found another argument', ['preview', '--', '--api', 'hunter2']],
    [2, '--fromat: unknown option; did you mean --format?', ['preview', 'a.toml', '--fromat', 'json']],
    [2, 'did you mean "preview"', ['prewiev']],
    [2, 'lint: expected <schema>', ['lint']],
    [2, 'lint: expected at most 1 arguments', ['lint', 'traefik-v2', 'hunter2']],
    [2, '--product: expected a value', ['notice', 'traefik-v2', '--product']],
    [2, '--explain: takes no value', ['preview', 'a.toml', '--explain=hunter2']],
    [2, 'expected one of the commands', ['toString']],
    [2, '--schema: expected once', ['preview', 'a.toml', '--schema=a', '--schema=b']],
    [2, 'choose one of --write and --check', ['fields', 'traefik-v2', '--write', '--check']],
    [2, 'a file needs --write or --check', ['fields', 'traefik-v2', 'list.json']],
    [2, 'expected one of the commands preview, fields, docs, lint, schema, notice; see', ['bogus']],
  ])('exits %d and says "%s"', async (code, message, args) => {
    const ran = await here(...args);
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
    expect(ran.stderr).not.toMatch(/hunter2| {4}at /);
  });

  it('exits with the code, and writes to the stream, that a script looks at', async () => {
    const found = await candor('preview', await file('a.toml', 'x = "hunter2'));
    expect(found).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^candor: a\.toml:1:/),
    });
    expect(await candor('preview')).toMatchObject({ code: 2, stdout: '' });
  });

  it('keeps a value as it was typed', async () => {
    const name = await file('traefik.toml', example.toml);
    const { stdout } = await here(
      'preview',
      name,
      '--format',
      'json',
      '--product',
      '007',
      '--product-version',
      '1.10',
    );
    expect(JSON.parse(stdout)).toMatchObject({ product: '007', version: expect.any(String) });
    const { stdout: notice } = await here('notice', 'traefik-v2', '--product', '1.10');
    expect(notice).toMatch(/^1\.10 reports/);
  });

  it('says what looks like Traefik 1.x in one sentence, from a file or flags', async () => {
    const old = await here(
      'preview',
      await file('old.toml', 'defaultEntryPoints = ["http"]\n[docker]\nwatch = true\n'),
    );
    expect(old).toMatchObject({ code: 1, stdout: '' });
    expect(old.stderr).toMatch(
      /^candor: old\.toml: this looks like Traefik 1\.x \(defaultEntryPoints\).*\nread as traefik/,
    );
  });

  it.each([
    '--entryPoints=Name:http Address::80',
    '--entryPoints="Name:http Address::80"',
    "--entrypoints='Address::443 TLS Name:https'",
    '--entryPoints=Address::80 Name:http',
    '--api.entryPoint=traefik',
    '--tracing.backend=jaeger',
    '--rest=true',
  ])('says the same of the flag %s', async (flag) => {
    const { code, stderr } = await here('preview', '--', flag);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^candor: flags: this looks like Traefik 1\.x/),
    ]);
  });

  it('names what it leaves out at the top level, with the key that was meant', async () => {
    const { code, stderr } = await here(
      'preview',
      await file('a.yml', '$schema: x\napi: {}\nserverTransport: {}\nhttp: {}\n'),
    );
    expect(code).toBe(0);
    expect(stderr).toContain(
      'a.yml:3:1: serverTransport: ignored, an unknown key; did you mean "serversTransport"?\n',
    );
    expect(stderr).toContain('a.yml:4:1: http: ignored, an unknown key\n');
    expect(stderr).not.toContain('$schema');
  });

  it('names the release that knows a key', async () => {
    const { stderr } = await here(
      'preview',
      '--schema',
      'traefik-v2',
      '--',
      '--providers.swarm.endpoint=hunter2',
    );
    expect(stderr).toContain('flags: providers.swarm: unknown key, which Traefik 3 knows');
  });

  it('helps', async () => {
    const overview = await candor('--help');
    expect(overview).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['preview', 'fields', 'docs', 'lint', 'schema', 'notice'])
      expect(overview.stdout).toContain(`\n  ${name}`);
    expect((await candor('preview', '--help')).stdout).toContain('candor preview traefik.toml --explain');
    expect(await candor()).toMatchObject({ code: 2, stdout: overview.stdout });
    expect(await candor('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('candor/0.'),
    });
  });
});
