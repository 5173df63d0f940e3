import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@candor/testing';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/index.js';
import { createMemoryStore } from '../../src/state/memory-store.js';
import { startServer } from './servers.js';

/** What a host program does. */
export interface HostTask {
  readonly endpoint: string;
  readonly directory?: string;
  /** Address of a shared store. */
  readonly store?: string;
  readonly timeouts?: { readonly connect?: number; readonly total: number };
  readonly env?: Readonly<Record<string, string>>;
  readonly ca?: string;
  /** Sends from the host's own thread. */
  readonly inline?: boolean;
  /** Kills itself at the n-th asynchronous step. */
  readonly killAt?: number;
  /** Exits when the next report is planned. */
  readonly untilDone?: boolean;
  readonly consent?: 'on' | 'local' | 'off';
  /** Stops the reporter after its start, and prints what was opened. */
  readonly watch?: boolean;
  /** Is the name server of its own network, and answers nothing. */
  readonly deafResolver?: boolean;
  /** User that the host becomes, where the test runs as root. */
  readonly uid?: number;
  /** Number of cluster workers that report. */
  readonly workers?: number;
  /** Reports from a worker thread. */
  readonly thread?: boolean;
}

/** A line that a host printed: an event of the reporter, or `done`, `watched`, `asked`, `finished`, `exit`. */
type HostLine = { readonly type: string } & Readonly<Record<string, unknown>>;

/** A running host program. */
export interface Host {
  readonly child: ChildProcess;
  readonly lines: HostLine[];
  /** The n-th line of a type (the first unless told otherwise), which may already be there. */
  line(type: string, n?: number): Promise<HostLine>;
  /** All lines, when it ended. */
  readonly ended: Promise<HostLine[]>;
  /** Ends the host's own work. */
  finish(): void;
}

const ownScript = fileURLToPath(new URL('host.mjs', import.meta.url));

/** Copies the host program, and the built packages that it imports, to where another user can read them. */
export async function copyHost(): Promise<string> {
  const directory = await temporaryDirectory();
  await chmod(directory, 0o755);
  const packages = fileURLToPath(new URL('../../..', import.meta.url));
  const modules = join(directory, 'node_modules');
  const copy = (from: string, to: string): Promise<void> =>
    cp(from, join(modules, to), { recursive: true, dereference: true });
  for (const name of ['reporter', 'protocol']) {
    await copy(join(packages, name, 'package.json'), `@candor/${name}/package.json`);
    await copy(join(packages, name, 'dist'), `@candor/${name}/dist`);
  }
  const script = join(directory, 'host.mjs');
  await copyFile(ownScript, script);
  return script;
}

/** Starts a host program, by a command before `node` where one is given; it ends with the test. */
export function startHost(task: HostTask, prefix: readonly string[] = [], script = ownScript): Host {
  const [command = process.execPath, ...args] = [...prefix, process.execPath, script, JSON.stringify(task)];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: HostLine[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (text) => lines.push(JSON.parse(text) as HostLine));
  child.stdin.on('error', () => {});
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]).then(() => lines);
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    lines,
    ended,
    line: (type, n = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.filter((line) => line.type === type)[n - 1];
          if (found !== undefined) resolve(found);
        };
        reader.on('line', look);
        void ended.then(() => reject(new Error(`the host ended before it printed "${type}"`)));
        look();
      }),
    finish: () => void child.stdin.write('\n'),
  };
}

/** A store that a test and its host programs share over HTTP, as replicas share a database. */
export interface SharedStore {
  readonly url: string;
  readonly store: Store;
}

/** Starts a shared store that ends with the test. */
export async function startSharedStore(): Promise<SharedStore> {
  const store = createMemoryStore();
  const server = await startServer(async (response, request) => {
    const body = String(server.bodies[server.requests.indexOf(request)]);
    const { expected, next } = JSON.parse(body) as { expected?: string; next?: string };
    const done = next !== undefined && (await store.compareAndSet(expected, next));
    response.end(JSON.stringify({ text: await store.read(), done }));
  });
  return { url: `http://127.0.0.1:${server.port}/`, store };
}
