import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCollector, temporaryDirectory } from '@candor/testing';
import { createReporter } from '../src/index.js';
import { reporterOptions } from './support/harness.js';
import { copyHost, type Host, type HostTask, startHost } from './support/host.js';
import { canTest } from './support/needs.js';
import { startTcpServer } from './support/servers.js';

/** Lets a host end its own work, and expects it to end without anything more of the reporter's. */
async function expectEnd(host: Host): Promise<void> {
  const exit = once(host.child, 'exit');
  host.finish();
  // An unhandled rejection would end it with 1.
  expect(await exit).toEqual([0, null]);
  const lines = await host.ended;
  const at = lines.findIndex(({ type }) => type === 'finished');
  expect(lines.slice(at).map(({ type }) => type)).toEqual(['finished', 'exit']);
}

/** Runs a program where it may mount, and set up a network of its own; `path` is the script's `$0`. */
function inOwnSystem(own: readonly ('--mount' | '--net')[], setup: string, path: string): string[] {
  return ['unshare', '--map-root-user', ...own, 'sh', '-c', `${setup} && exec "$@"`, path];
}

const hasOwnSystems = canTest(
  spawnSync('unshare', ['--map-root-user', '--mount', '--net', 'ip', 'link']).status === 0,
  'full and read-only disks, and name servers that do not answer: need unshare(1) and ip(8)',
);
const isRoot = canTest(process.getuid?.() === 0, 'an administrator beside a user: needs root');

const nobody = 65_534;

/** Longer than a test lasts: what waited for a request would show. How fast a host ends is measured in the bench. */
const timeouts = { connect: 600_000, total: 600_000 };

describe.each([
  ['a worker thread', false],
  ['its own thread', true],
])('a host that has finished, which sends from %s', (_name, inline) => {
  it('ends with a request under way', async () => {
    let asked = (): void => {};
    const underWay = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { port } = await startTcpServer((socket) => socket.once('data', () => asked()));
    const directory = await temporaryDirectory();
    const host = startHost({ endpoint: `http://127.0.0.1:${port}/`, directory, inline, timeouts });
    await underWay;
    await expectEnd(host);
  });

  it('ends with a timer armed, and finds its process as it was', async () => {
    const collector = await startCollector();
    const host = startHost({ endpoint: collector.url, directory: await temporaryDirectory(), inline });
    await host.line('done');
    await expectEnd(host);
    const { before, after } = await host.line('exit');
    expect(after).toEqual(before);
  });
});

describe.skipIf(!hasOwnSystems)('a host whose name server does not answer', () => {
  it('ends when it has finished', async () => {
    const path = join(await temporaryDirectory(), 'resolv.conf');
    await writeFile(path, 'nameserver 127.0.0.1\n');
    const setup = 'mount --bind "$0" /etc/resolv.conf && ip link set lo up';
    const task = { endpoint: 'https://usage.example/', directory: await temporaryDirectory(), timeouts };
    const host = startHost({ ...task, deafResolver: true }, inOwnSystem(['--mount', '--net'], setup, path));
    await host.line('asked');
    await expectEnd(host);
  });
});

describe('mode off', () => {
  const off: Pick<HostTask, 'consent' | 'env'>[] = [
    { consent: 'off' },
    { consent: 'on', env: { DO_NOT_TRACK: '1' } },
    { consent: 'on', env: { CI: 'true' } },
  ];

  it.each(off)('opens no file, socket, timer or thread: %j', async (more) => {
    const parent = await temporaryDirectory();
    const task = { endpoint: 'http://127.0.0.1:9/', directory: join(parent, 'usage'), watch: true };
    expect((await startHost({ ...task, ...more }).line('watched')).opened).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
  });

  it('is watched by what sees the files and timers of the other modes', async () => {
    const parent = await temporaryDirectory();
    const task = { endpoint: 'http://127.0.0.1:9/', directory: join(parent, 'usage'), watch: true };
    const { opened } = await startHost({ ...task, consent: 'local' }).line('watched');
    expect(opened).toEqual(expect.arrayContaining(['FSREQPROMISE', 'FILEHANDLE', 'Timeout']));
  });
});

describe('a state directory that cannot be used', () => {
  async function report(host: Host): Promise<string[]> {
    await host.line('done');
    return host.lines.map(({ type, code }) => String(code ?? type));
  }

  it('for want of permission costs one warning, and nothing is sent: the operator may have said no in it', async () => {
    const collector = await startCollector();
    const directory = join(await temporaryDirectory(), 'usage');
    await mkdir(directory, { mode: 0o700 });
    if (process.getuid?.() !== 0) await chmod(directory, 0);
    const host = startHost({ endpoint: collector.url, directory, uid: nobody }, [], await copyHost());
    expect(await report(host)).toEqual(['WARN_STATE', 'scheduled', 'done']);
    expect(collector.received).toHaveLength(0);
  });

  it.skipIf(!hasOwnSystems).each([
    ['is full', 'mount -t tmpfs -o size=16k tmpfs "$0" && head -c 16384 /dev/zero > "$0/fill"'],
    [
      'fills up while it reports',
      'mount -t tmpfs -o size=16k tmpfs "$0" && head -c 12288 /dev/zero > "$0/fill"',
    ],
    ['is read-only', 'mount -t tmpfs -o ro tmpfs "$0"'],
  ])('because it %s costs one warning, and a report waits for a whole period', async (_name, setup) => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    const host = startHost(
      { endpoint: collector.url, directory },
      inOwnSystem(['--mount'], setup, directory),
    );
    expect((await report(host)).toSorted()).toEqual(['WARN_STATE', 'done', 'scheduled']);
    expect(collector.received).toHaveLength(0);
  });

  it('below a file system where no folder can be made costs one warning', async () => {
    const collector = await startCollector();
    const host = startHost({ endpoint: collector.url, directory: '/proc/candor/state' });
    expect((await report(host)).toSorted()).toEqual(['WARN_STATE', 'done', 'scheduled']);
    expect(collector.received).toHaveLength(0);
  });

  it('for want of what was written on it costs one warning, and nothing is sent', async () => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'state.1.json'), '{"format":1,"crea');
    const host = startHost({ endpoint: collector.url, directory });
    expect(await report(host)).toEqual(['WARN_STATE', 'scheduled', 'done']);
    expect(collector.received).toHaveLength(0);
  });
});

describe.skipIf(!isRoot)('a user without a home directory, and without an entry in the user database', () => {
  it('reports nothing at first, with one warning, and runs', async () => {
    const collector = await startCollector();
    const task = { endpoint: collector.url, uid: 54_321 };
    const host = startHost(task, ['env', '-u', 'HOME'], await copyHost());
    await host.line('done');
    expect(host.lines.map(({ type, code }) => String(code ?? type))).toEqual([
      'WARN_STATE',
      'scheduled',
      'done',
    ]);
    expect(host.lines[0]?.message).toContain('there is no home directory');
    expect(collector.received).toEqual([]);
  });

  it('runs with reporting off, and looks for no home directory', async () => {
    const task = { endpoint: 'http://127.0.0.1:9/', uid: 54_321, consent: 'off' as const, watch: true };
    const host = startHost(task, ['env', '-u', 'HOME'], await copyHost());
    expect((await host.line('watched')).opened).toEqual([]);
  });
});

describe.skipIf(!isRoot)('an administrator', () => {
  it('turns off a program that runs as somebody else', async () => {
    const collector = await startCollector();
    const parent = await temporaryDirectory();
    await chown(parent, nobody, nobody);
    const directory = join(parent, 'deep', 'usage');
    const off = createReporter(reporterOptions(collector.url, directory));
    await off.setMode('off');
    const script = await copyHost();
    const host = startHost({ endpoint: collector.url, directory, uid: nobody }, [], script);
    expect(await host.line('disabled')).toMatchObject({ reason: 'off' });
    expect(host.lines.map(({ type }) => type)).toEqual(['disabled']);
    await off.setMode('on');
    const again = startHost({ endpoint: collector.url, directory, uid: nobody }, [], script);
    await again.line('done');
    // The choice was read, and the log was written where the administrator made the place.
    expect(again.lines.map(({ type }) => type)).toEqual(['scheduled', 'sent', 'scheduled', 'done']);
    expect(await off.log()).toHaveLength(2);
  });
});
