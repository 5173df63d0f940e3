import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCollector, temporaryDirectory, type TestCollector } from '@candor/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installPacked } from './support/packed.js';
import { installTools, runtimes } from './support/tools.js';

const source = fileURLToPath(new URL('../bundles/command-line.mjs', import.meta.url));

let project: string;
let tools: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'candor-commands-'));
  await installPacked(project, { zod: '4.6.7' });
  await cp(source, join(project, 'command-line.mjs'));
  tools = await installTools(runtimes);
}, 600_000);

afterAll(() => rm(project, { recursive: true, force: true }));

/** What a collector answers: a dry run stores nothing, and a report is erased when its secret comes. */
function answer(response: ServerResponse): void {
  const { method, url = '' } = response.req;
  response.writeHead(method === 'DELETE' ? 204 : url.endsWith('?dry-run') ? 200 : 202).end();
}

describe.each(['20', '22', '24'])("the operator's commands of a real program on Node %s", (version) => {
  let collector: TestCollector;
  let folder: string;

  beforeEach(async () => {
    collector = await startCollector();
    collector.answer = answer;
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

  const jsonOf = async (argv: readonly string[], more?: Record<string, string>): Promise<unknown> =>
    JSON.parse((await usage([...argv, '--json'], more)).output);

  test('look, and change nothing', async () => {
    for (const argv of [['status'], ['log'], ['help'], ['endpoint'], ['preview', '--explain'], []]) {
      expect(await usage(argv), argv.join(' ')).toMatchObject({ code: 0 });
    }
    const raw = await usage(['preview', '--raw']);
    expect(JSON.parse(raw.output)).toMatchObject({ configuration: { port: 8080, secret: 'xxxx' } });
    expect((await usage(['preview'])).output).toContain('"secret": "xxxx"');
    expect(await jsonOf(['status'])).toMatchObject({ mode: 'on', endpoint: collector.url, requests: 0 });
    expect(await usage(['statsu'])).toMatchObject({ code: 2 });
    expect(await usage(['status', '--jsn'])).toMatchObject({ code: 2 });
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
    expect(await jsonOf(['send', file])).toMatchObject({ result: 'dropped', reason: '422' });
    expect(await usage(['send', join(folder, 'nowhere')])).toMatchObject({ code: 1 });
    expect(await usage(['clean'])).toMatchObject({ code: 0 });
    expect((await usage(['log'])).output).toBe('No report was made yet.\n');
  });

  test('change where reports go', async () => {
    expect(await usage(['endpoint', 'https://relay.example/v1/reports'])).toMatchObject({ code: 0 });
    expect((await usage(['status'])).output).toContain('https://relay.example/v1/reports');
    expect(await usage(['endpoint', 'default'])).toEqual({ code: 0, output: `${collector.url}\n` });
  });

  test('try each step of reporting', async () => {
    const { code, output } = await usage(['doctor']);
    expect(output).toContain('notes 1.4.0: all is well.');
    expect(code).toBe(0);
    const { steps } = (await jsonOf(['doctor'])) as { steps: { name: string; remedy: string | null }[] };
    expect(steps.map(({ name }) => name)).toContain('response');
    expect(steps.every(({ remedy }) => remedy === null)).toBe(true);
    expect((await usage(['log'])).output).toBe('No report was made yet.\n');
    const closed = { HOST_ENDPOINT: 'http://127.0.0.1:9/v1/reports' };
    expect(await usage(['doctor', '--json'], closed)).toMatchObject({
      code: 1,
      output: expect.stringContaining('"name": "connection"') as string,
    });
  });

  test('report now, and erase what was reported', async () => {
    expect(await usage(['report-now'])).toEqual({ code: 0, output: 'Sent and accepted.\n' });
    expect(await jsonOf(['report-now'])).toMatchObject({ result: 'accepted', reason: '202' });
    expect(collector.received).toHaveLength(2);
    collector.answer = (response) => void response.writeHead(503).end();
    expect(await usage(['report-now'])).toMatchObject({ code: 1 });
    expect(await jsonOf(['forget'])).toMatchObject({ erased: 0, left: 3 });
    collector.answer = answer;
    expect(await usage(['forget'])).toEqual({ code: 0, output: 'Erased at the collector: 3 reports.\n' });
    expect(await jsonOf(['forget'])).toEqual({ erased: 0, left: 0, failures: [] });
  });

  test('accept what a new version reports beyond', async () => {
    const grown = { HOST_FEATURES: 'sso' };
    await usage(['on']);
    expect((await usage(['status'], grown)).output).toContain('accept');
    expect(await usage(['report-now'], grown)).toMatchObject({ code: 1 });
    expect(collector.received).toEqual([]);
    expect(await usage(['accept'], grown)).toMatchObject({ code: 0 });
    expect(await usage(['report-now'], grown)).toMatchObject({ code: 0 });
    expect(collector.received).toHaveLength(1);
  });
});
