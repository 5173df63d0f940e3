import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCollector, temporaryDirectory } from './support/harness.js';
import { type Host, startHost } from './support/host.js';
import { startTcpServer } from './support/servers.js';

/** How long a host took to end after its own work, in milliseconds. */
async function timeToEnd(host: Host): Promise<number> {
  const exit = once(host.child, 'exit').then(() => Date.now());
  host.finish();
  const { at } = await host.line('finished');
  return (await exit) - Number(at);
}

describe('a host that has finished', () => {
  // The contract says 50 ms; a busy machine takes longer to end any process, an open handle takes 30 s and more.
  const soon = 2000;

  it('ends with a request under way', async () => {
    let asked = (): void => {};
    const underWay = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { port } = await startTcpServer((socket) => socket.once('data', () => asked()));
    const host = startHost({ endpoint: `http://127.0.0.1:${port}/`, directory: await temporaryDirectory() });
    await underWay;
    expect(await timeToEnd(host)).toBeLessThan(soon);
  });

  it('ends with a timer armed, and finds its process as it was', async () => {
    const collector = await startCollector();
    const host = startHost({ endpoint: collector.url, directory: await temporaryDirectory() });
    await host.line('done');
    expect(await timeToEnd(host)).toBeLessThan(soon);
    const { before, after } = await host.line('exit');
    expect(after).toEqual(before);
  });
});

describe('mode off', () => {
  it('opens no file, socket, timer or thread', async () => {
    const parent = await temporaryDirectory();
    const task = { endpoint: 'http://127.0.0.1:9/', directory: join(parent, 'usage'), watch: true };
    expect((await startHost({ ...task, consent: 'off' }).line('watched'))['opened']).toEqual([]);
    expect(await readdir(parent)).toEqual([]);
    // The watch does see what the other modes open.
    const { opened } = await startHost({ ...task, consent: 'local' }).line('watched');
    expect(opened).toEqual(expect.arrayContaining(['FSREQPROMISE', 'FILEHANDLE', 'Timeout']));
  });
});

/** Runs a program where it may mount file systems of its own, without being root outside. */
function mounted(options: string, fill: string, directory: string): string[] {
  const script = `mount -t tmpfs -o ${options} tmpfs "$0" && ${fill} && exec "$@"`;
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, directory];
}

const canMount = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;
if (!canMount && process.env['CANDOR_NOT_RUN'] !== undefined) {
  appendFileSync(
    process.env['CANDOR_NOT_RUN'],
    'a state directory that is full or read-only: needs unshare(1)\n',
  );
}

describe('a state directory that cannot be used', () => {
  async function report(host: Host): Promise<string[]> {
    await host.line('done');
    return host.lines.map(({ type, code }) => String(code ?? type));
  }

  it('for want of permission costs one warning and no report', async () => {
    const collector = await startCollector();
    const directory = join(await temporaryDirectory(), 'usage');
    await mkdir(directory, { mode: 0o700 });
    if (process.getuid?.() !== 0) await chmod(directory, 0);
    const host = startHost({ endpoint: collector.url, directory, uid: 65_534 });
    expect(await report(host)).toEqual(['WARN_STATE', 'scheduled', 'sent', 'scheduled', 'done']);
    expect(collector.received).toHaveLength(1);
  });

  it.skipIf(!canMount).each([
    ['is full', 'size=16k', 'head -c 1000000 /dev/zero > "$0/fill" 2> /dev/null || true'],
    ['is read-only', 'ro', 'true'],
  ])('because it %s costs one warning and no report', async (_name, options, fill) => {
    const collector = await startCollector();
    const directory = await temporaryDirectory();
    const host = startHost({ endpoint: collector.url, directory }, mounted(options, fill, directory));
    expect(await report(host)).toEqual(['WARN_STATE', 'scheduled', 'sent', 'scheduled', 'done']);
    expect(collector.received).toHaveLength(1);
  });
});
