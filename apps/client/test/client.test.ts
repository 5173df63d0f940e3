import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createVerifier } from '@candor/anonymizer';
import { parseReport, reportDocument } from '@candor/protocol';
import { fields } from '@candor/schema';
import { freePort, publishedExample, startCollector, temporaryDirectory } from '@candor/testing';
import { traefikV2, traefikV3 } from '@candor/traefik';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ClientResult, runClient } from '../src/run-client.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

let folder: string;
let state: string;

beforeEach(async () => {
  folder = await temporaryDirectory();
  state = join(folder, 'state');
});

type Variables = Readonly<Record<string, string>>;

function environment(more: Variables): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, CANDOR_STATE: state, ...more };
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the client in a process of its own until it ends by itself. */
function client(args: readonly string[], more: Variables = {}): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [main, ...args],
      { env: environment(more), cwd: folder },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

/** Runs one of the operator's commands, or what ends at once, in this process. */
function command(args: readonly string[], more: Variables = {}): Promise<ClientResult> {
  return runClient({ argv: args, env: environment(more), until: Promise.resolve() });
}

interface Daemon {
  readonly child: ChildProcess;
  readonly output: string[];
  /** Resolves when a line of output matches. */
  said(pattern: RegExp): Promise<string>;
  /** Asks it to end, as a service manager does; resolves with its exit code. */
  end(): Promise<number | null>;
}

/** Starts the client; it ends with the test. */
function daemon(args: readonly string[], more: Variables = {}): Daemon {
  const child = spawn(process.execPath, [main, ...args], { env: environment(more), cwd: folder });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const output: string[] = [];
  const listeners = new Set<(line: string) => void>();
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      output.push(line);
      for (const listener of listeners) listener(line);
    });
  }
  return {
    child,
    output,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (line: string): void => {
          if (pattern.test(line)) resolve(line);
        };
        output.forEach(look);
        listeners.add(look);
        void exit.then(() => reject(new Error(`ended before it said ${pattern}: ${output.join('\n')}`)));
      }),
    async end(): Promise<number | null> {
      child.kill('SIGTERM');
      await exit;
      return child.exitCode;
    },
  };
}

async function configFile(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return `--configFile=${name}`;
}

describe('an undecided client', () => {
  it.each<Variables>([{}, { CI: 'true' }])(
    'exits 1 and prints the three ways to choose (%j)',
    async (more) => {
      const ran = await client([await configFile('traefik.toml', publishedExample.toml)], more);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('in the configuration file: global.sendAnonymousUsage = true');
      expect(ran.stderr).toContain('by a flag: --global.sendAnonymousUsage=true');
      expect(ran.stderr).toContain('by an environment variable: TRAEFIK_GLOBAL_SENDANONYMOUSUSAGE=true');
      expect(await readdir(folder)).toEqual(['traefik.toml']);
    },
  );

  it('takes the choice from a flag over the environment over the file', async () => {
    await configFile('traefik.yml', 'global:\n  sendAnonymousUsage: true\n');
    const file = `--configFile=${join(folder, 'traefik.yml')}`;
    const mode = async (args: readonly string[], more?: Variables): Promise<string | undefined> =>
      /mode +(\w+)/.exec((await command([...args, 'usage', 'status'], more)).output)?.[1];
    const off = { TRAEFIK_GLOBAL_SENDANONYMOUSUSAGE: 'false' };
    expect(await mode([file])).toBe('on');
    expect(await mode([file], off)).toBe('off');
    expect(await mode([file, '--global.sendAnonymousUsage'], off)).toBe('on');
    expect(await mode([])).toBe('off');
    const on = await command(['usage', 'on']);
    expect(on).toMatchObject({ code: 0, errors: expect.stringContaining('does not start without it') });
  });
});

describe('a client that was told no', () => {
  it('runs, and opens no socket and no file for reporting', async () => {
    const told = daemon(['--global.sendAnonymousUsage=false'], { CANDOR_FIRST_REPORT_AFTER: '0s' });
    await told.said(/"started"/);
    const { pid } = told.child;
    const open = await Promise.all(
      (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`)),
    );
    expect(open.filter((target) => target.startsWith('/') && !target.startsWith('/dev/'))).toEqual([]);
    // Standard input, output and error are the only sockets; none is of the network.
    const network = await Promise.all(
      ['tcp', 'tcp6', 'udp', 'udp6'].map((kind) => readFile(`/proc/${pid}/net/${kind}`, 'utf8')),
    );
    const inodes = open.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
    for (const inode of inodes) expect(network.join('')).not.toMatch(new RegExp(` ${inode} `));
    expect(await told.end()).toBe(0);
    expect(await readdir(folder)).toEqual([]);
    expect(told.output.join('\n')).toContain('nothing is reported (off)');
  });
});

describe('a client that was told yes', () => {
  it('reports the published example as published, and logs no value of it', async () => {
    const collector = await startCollector();
    const more = { CANDOR_ENDPOINT: collector.url, CANDOR_FIRST_REPORT_AFTER: '0s' };
    const file = await configFile('traefik.toml', publishedExample.toml);
    const told = daemon([file, '--global.sendAnonymousUsage'], more);
    await told.said(/report \S+ was accepted/);
    expect(await told.end()).toBe(0);
    const { report } = parseReport(JSON.parse(collector.received[0]?.text ?? ''));
    if (report === undefined) throw new TypeError('expected a report');
    expect(report).toMatchObject({ product: 'traefik', version: '2.11.0' });
    expect(report.configuration).toEqual({
      global: { sendAnonymousUsage: true },
      ...publishedExample.anonymized,
    });
    expect(createVerifier(fields(traefikV2))(reportDocument(report)).removed).toEqual([]);
    expect(told.output.join('\n')).not.toMatch(/dockerCA|10\.10|:80"/);
    const log = await client([file, '--global.sendAnonymousUsage', 'usage', 'log', '--json'], more);
    expect(log.stdout).toContain(report.id);
    expect((await client([file, 'usage', 'preview', '--explain'], more)).stdout).toMatch(/^kept .*address/m);
  });

  it('reports from flags only, as version 3', async () => {
    const collector = await startCollector();
    const told = daemon(
      ['--global.sendAnonymousUsage', '--entryPoints.web.address=:80', '--providers.swarm'],
      {
        CANDOR_ENDPOINT: collector.url,
        CANDOR_FIRST_REPORT_AFTER: '0s',
        CANDOR_TRAEFIK: 'v3',
      },
    );
    await told.said(/report \S+ was accepted/);
    const { report } = parseReport(JSON.parse(collector.received[0]?.text ?? ''));
    expect(report).toMatchObject({
      version: '3.7.0',
      fields: fields(traefikV3).digest,
      configuration: { entryPoints: { web: { address: ':80' } }, providers: { swarm: {} } },
    });
    expect(await told.end()).toBe(0);
  });

  it('ends on SIGTERM with a report under way', async () => {
    const collector = await startCollector();
    collector.answer = () => {};
    const more = { CANDOR_ENDPOINT: collector.url, CANDOR_FIRST_REPORT_AFTER: '0s' };
    const told = daemon(['--global.sendAnonymousUsage'], more);
    await collector.reached(1);
    expect(await told.end()).toBe(0);
  });

  it('serves loopback entry points: ping, and the usage page where the API is on', async () => {
    const port = await freePort();
    const told = daemon(
      [
        '--global.sendAnonymousUsage',
        `--entryPoints.admin.address=127.0.0.1:${port}`,
        '--entryPoints.web.address=:80',
        '--api',
      ],
      { CANDOR_ENDPOINT: 'http://127.0.0.1:9/v1/reports' },
    );
    expect(await told.said(/"started"/)).toContain('"served":1');
    const origin = `http://127.0.0.1:${port}`;
    expect(await (await fetch(`${origin}/ping`)).text()).toBe('OK\n');
    expect(await (await fetch(`${origin}/usage`)).text()).toContain('Usage reporting of traefik');
    expect((await fetch(`${origin}/else`)).status).toBe(404);
    const off = { method: 'POST', body: new URLSearchParams({ action: 'off' }) };
    expect((await fetch(`${origin}/usage`, off)).status).toBe(403);
    const own = await fetch(`${origin}/usage`, { ...off, headers: { origin }, redirect: 'manual' });
    expect(own.status).toBe(303);
    expect(await told.end()).toBe(0);
  });
});

describe('the client’s command line', () => {
  it.each([
    ['a wrong setting', [], { CANDOR_REPORT_EVERY: 'hunter2' }, 'CANDOR_REPORT_EVERY: expected a duration'],
    ['a wrong choice', [], { CANDOR_TRAEFIK: 'hunter2' }, 'CANDOR_TRAEFIK: expected one of v2, v3'],
    ['another command', ['--api', 'hunter2'], {}, 'expected flags, or usage'],
    [
      'a flag that Traefik has not',
      ['--providers.dokcer=hunter2'],
      {},
      'flags: providers.dokcer: unknown key',
    ],
    [
      'an endpoint without TLS',
      ['--global.sendAnonymousUsage'],
      { CANDOR_ENDPOINT: 'http://hunter2.example/' },
      'expected https:',
    ],
  ] as const)('refuses %s, naming the place only', async (_, args, more, message) => {
    const ran = await command(args, more as Variables);
    expect(ran).toMatchObject({ code: 1, output: '', errors: expect.stringContaining(message) });
    expect(ran.errors).not.toMatch(/hunter2| {4}at /);
  });
});
