import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What is measured: how long a process outlives its own work, or how long it takes to stop reporting. */
export type Leaving = 'exit' | 'stop';

/** A host that leaves; `none` has no library. */
export interface Leaver {
  readonly folder: string;
  /** File under `hosts/`. */
  readonly host: string;
  /** The file with `{ configuration, schema }`. */
  readonly input: string;
}

/** Measures, in milliseconds, how a host leaves while a server keeps its report waiting. */
export async function measureLeaving({ folder, host, input }: Leaver, what: Leaving): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.once('data', () => void child.stdin.write('\n'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, ['hosts/leave.mjs', host, what, endpoint, input], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: `${folder}/home` },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  // Without a library there is no request that would say when to begin.
  child.stderr.on('data', (chunk: Buffer) => {
    if (String(chunk) === 'ready') child.stdin.write('\n');
    else process.stderr.write(chunk);
  });
  const ended = once(child, 'exit').then(() => performance.timeOrigin + performance.now());
  const [end] = await Promise.all([ended, once(child, 'close')]);
  for (const socket of sockets) socket.destroy();
  server.close();
  const value = what === 'stop' ? Number(output) : end - Number(output);
  if (output === '' || Number.isNaN(value)) throw new Error(`leave.mjs ${host} ${what}: printed no number`);
  return value;
}
