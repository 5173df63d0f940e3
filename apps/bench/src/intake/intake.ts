import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, RunContext } from '../frame/bench.js';
import { installPeers, versionsOf } from '../frame/peers.js';
import { median, quantile, short } from '../frame/statistics.js';
import { listeners } from './listeners.js';

const run = promisify(execFile);
const peers = ['hono@4.13.19', '@hono/node-server@2.1.9', 'fastify@5.12.8'];
const reference = 'bare node:http';
const senders = 64;
const seconds = 4;
/** The share of what a variant takes at which its latency is measured again. */
const paced = 0.8;

const cases = {
  'connections that stay': false,
  'a connection for each report': true,
};

/** What one variant did in one round. */
interface Measured {
  readonly perSecond: number;
  /** Processor time of the server for a report, in milliseconds. */
  readonly cpuMs: number;
  readonly latencyMs: { readonly median: number; readonly p99: number };
  /** At `paced` times `perSecond`, each from when it was due. */
  readonly pacedMs: { readonly median: number; readonly p99: number };
}

type Raw = Record<string, Record<string, Measured[]>>;

/** Taking reports of 2 KB until they are durable, beside servers that read and parse them and keep nothing. */
export const intakeBench: Bench = {
  name: 'intake',
  title: 'Taking reports of 2 KB',
  async run(context) {
    const raw = await measureAll(await installPeers(peers), context);
    return {
      columns: [
        'reports a second',
        'CPU ms a report',
        `reports, ${reference} = 1`,
        `CPU, ${reference} = 1`,
        'median ms',
        'p99 ms',
        'p99 ms at 80 %',
      ],
      rows: Object.entries(raw).flatMap(([name, variants]) => rowsOf(name, variants)),
      remarks: [
        `Aim: 0.6 of ${reference} (reports a second), durable before 202, and p99 under 25 ms at 80 % of what a variant takes. ${senders} senders in another process; only the collector verifies, stores and syncs.`,
      ],
      versions: versionsOf(peers),
      raw,
    };
  },
};

async function measureAll(folder: string, { rounds, progress }: RunContext): Promise<Raw> {
  const raw: Raw = {};
  const names = Object.keys(listeners);
  for (let round = 0; round < rounds; round += 1) {
    progress(`intake: round ${round + 1} of ${rounds}`);
    for (const [name, each] of Object.entries(cases)) {
      for (const variant of round % 2 === 0 ? names : names.toReversed()) {
        ((raw[name] ??= {})[variant] ??= []).push(await measure(variant, folder, each));
      }
    }
  }
  return raw;
}

async function measure(variant: string, folder: string, each: boolean): Promise<Measured> {
  const server = spawn(process.execPath, [script('measure-server.js'), variant, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  const number = async (): Promise<number> => Number((await lines.next()).value);
  const usedCpu = async (): Promise<number> => {
    server.stdin.write('\n');
    return await number();
  };
  try {
    const port = await number();
    // Compiling takes other cores than those that serve, for as long as it goes on.
    let warm = 0;
    for (let second = 0; second < 6 && warm < 5_000; second += 1) warm += (await load(port, 1, each)).length;
    const before = await usedCpu();
    const latencies = await load(port, seconds, each);
    const cpu = (await usedCpu()) - before;
    const perSecond = latencies.length / seconds;
    const spread = (values: number[]): Measured['latencyMs'] => {
      return { median: median(values), p99: quantile(values, 0.99) };
    };
    return {
      perSecond,
      cpuMs: cpu / latencies.length,
      latencyMs: spread(latencies),
      pacedMs: spread(await load(port, seconds, each, paced * perSecond)),
    };
  } finally {
    server.kill();
  }
}

async function load(port: number, duration: number, each: boolean, rate = 0): Promise<number[]> {
  const args = [script('measure-load.js'), port, duration, senders, each ? 1 : 0, rate].map(String);
  const { stdout } = await run(process.execPath, args, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as number[];
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function rowsOf(name: string, variants: Record<string, Measured[]>): { label: string; cells: string[] }[] {
  const of = (variant: string, read: (one: Measured) => number): number =>
    median((variants[variant] ?? []).map(read));
  return Object.keys(variants).map((variant) => {
    const perSecond = of(variant, (one) => one.perSecond);
    const cpu = of(variant, (one) => one.cpuMs);
    return {
      label: `${name}: ${variant}`,
      cells: [
        short(perSecond),
        short(cpu),
        short(perSecond / of(reference, (one) => one.perSecond)),
        short(cpu / of(reference, (one) => one.cpuMs)),
        short(of(variant, (one) => one.latencyMs.median)),
        short(of(variant, (one) => one.latencyMs.p99)),
        short(of(variant, (one) => one.pacedMs.p99)),
      ],
    };
  });
}
