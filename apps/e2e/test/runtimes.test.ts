import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
  for (const file of ['host.mjs', 'command-line.mjs']) await cp(join(sources, file), join(project, file));
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

describe.each(['20', '22', '24'])("the operator's commands of a real program on Node %s", (version) => {
  let collector: TestCollector;
  let folder: string;

  beforeEach(async () => {
    collector = await startCollector();
    folder = await temporaryDirectory();
  });

  interface Ended {
    readonly code: number;
    readonly output: string;
  }

  /** Runs one command; whatever is printed beside its output is a fault. */
  async function usage(argv: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
    const env = {
      HOST_ENDPOINT: collector.url,
      HOST_STATE: join(folder, 'state'),
      HOST_CONSENT: 'on',
      ...more,
    };
    const node = join(tools, `node_modules/node-${version}/bin/node`);
    const ended = await new Promise<Ended & { readonly errors: string }>((resolve) => {
      execFile(node, [join(project, 'command-line.mjs'), ...argv], { env }, (error, output, errors) => {
        resolve({ code: error === null ? 0 : Number(error.code), output, errors });
      });
    });
    expect(ended.errors, argv.join(' ')).toBe('');
    expect(ended.output).not.toContain('hunter2');
    return { code: ended.code, output: ended.output };
  }

  test('look, and change nothing', async () => {
    for (const argv of [['status'], ['log'], ['help'], ['endpoint'], ['preview', '--explain']]) {
      expect(await usage(argv), argv.join(' ')).toMatchObject({ code: 0 });
    }
    const raw = await usage(['preview', '--raw']);
    expect(JSON.parse(raw.output)).toMatchObject({ configuration: { port: 8080, secret: 'xxxx' } });
    expect((await usage(['preview'])).output).toContain('"secret": "xxxx"');
    expect(await usage(['statsu'])).toMatchObject({ code: 2 });
    expect(await usage([])).toMatchObject({ code: 0 });
    expect(collector.received).toEqual([]);
  });

  test('decide, before anyone has and afterwards', async () => {
    const undecided = { HOST_CONSENT: '' };
    expect((await usage(['status'], undecided)).output).toContain('nobody');
    for (const mode of ['on', 'local', 'off']) {
      expect(await usage([mode], undecided)).toMatchObject({ code: 0 });
      expect((await usage(['status'], undecided)).output).toMatch(
        new RegExp(`mode +${mode}, decided by your choice`),
      );
    }
    expect(await usage(['on'], { HOST_CONSENT: 'no' })).toMatchObject({ code: 1 });
  });

  test('carry a report out by hand, and send it', async () => {
    const { code, output } = await usage(['export']);
    expect(code).toBe(0);
    const file = join(folder, 'report.json');
    await writeFile(file, output);
    expect(await usage(['send', file])).toMatchObject({ code: 0 });
    expect(collector.received.map(({ text }) => text)).toEqual([output]);
    expect((await usage(['log', '--json'])).output).toContain('accepted');
    collector.answer = (response) => void response.writeHead(422).end();
    expect(await usage(['send', file])).toMatchObject({ code: 1 });
    expect(await usage(['send', join(folder, 'nowhere')])).toMatchObject({ code: 1 });
    expect(await usage(['clean'])).toMatchObject({ code: 0 });
    expect((await usage(['log'])).output).toBe('No report was made yet.\n');
  });

  test('change where reports go', async () => {
    expect(await usage(['endpoint', 'https://relay.example/v1/reports'])).toMatchObject({ code: 0 });
    expect((await usage(['status'])).output).toContain('https://relay.example/v1/reports');
    expect(await usage(['endpoint', 'default'])).toEqual({ code: 0, output: `${collector.url}\n` });
  });
});
