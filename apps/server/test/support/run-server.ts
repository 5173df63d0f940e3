import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ClickHouseForTests } from '@candor/testing';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The server as a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it has written so far. */
  output(): string;
  /** Sends a signal and resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the built server on a free port and resolves when it listens. */
export async function runServer(data: string, ...args: string[]): Promise<RunningServer> {
  return await listening(start(usual(data, args)));
}

/** Starts the built server on a machine whose clock is some days ahead, or behind. */
export async function runServerAhead(days: number, data: string, ...args: string[]): Promise<RunningServer> {
  const shift = `{ const now = Date.now; Date.now = () => now() + ${days} * 86_400_000; }`;
  return await listening(
    start(usual(data, args), ['--import', `data:text/javascript,${encodeURIComponent(shift)}`]),
  );
}

function usual(data: string, args: readonly string[]): string[] {
  return ['--data', data, '--listen', '127.0.0.1:0', '--traefik', '--logLevel', 'debug', ...args];
}

async function listening(child: ChildProcess): Promise<RunningServer> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const exit = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /listening on ((?:http|unix):\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exit.then(() => reject(new Error(`the server ended:\n${output}`)));
  });
  return {
    url,
    process: child,
    output: () => output,
    async end(signal) {
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
  };
}

/** Runs the server with arguments that make it end by itself. */
export async function failServer(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = start(args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, output };
}

function start(args: readonly string[], node: readonly string[] = []): ChildProcess {
  const child = spawn(process.execPath, [...node, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Returns the URL of a free database of ClickHouse, as the setting `store` takes it. */
export function storeUrl(clickhouse: ClickHouseForTests): string {
  return `${clickhouse.url.replace('http', 'clickhouse')}/${clickhouse.freeDatabase()}`;
}

/** Runs a command that ends by itself, and resolves to what it prints. Rejects with its code when that is not 0. */
export async function candorServer(...args: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [main, ...args], { env: {} })).stdout;
}

/** Resolves to the status of a GET request. */
export async function status(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(new URL(path, url), { headers });
  await response.arrayBuffer();
  return response.status;
}
