import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Installed } from './install.js';
import { measureLeaving } from './leave.js';

const run = promisify(execFile);

/** What is measured of one subject: one number for each round, in the order taken. */
export interface Measured {
  readonly name: string;
  readonly importMs: number[];
  /** Resident set size beyond a bare host's, before the first report and after it. */
  readonly restBytes: number[];
  readonly reportedBytes: number[];
  readonly delayMs: number[];
  readonly installedBytes: number;
}

/** What is measured in one run. */
export interface Run {
  readonly measured: Measured[];
  /** The longest event-loop delay of a host without any library: what the machine itself adds. */
  readonly aloneMs: number[];
  /** From the end of a host's own work to that of its process, with a report of the first subject under way and a timer armed. */
  readonly exitMs: number[];
  /** The same of a host without any library. */
  readonly aloneExitMs: number[];
  /** How long the first subject takes to stop while a server does not answer. */
  readonly stopMs: number[];
}

/** Where the subjects send to, and the file with `{ configuration, schema }` that they report. */
export interface Workload {
  readonly endpoint: string;
  readonly input: string;
}

/**
 * Measures all subjects, each number in a fresh process.
 *
 * The order of the subjects alternates between rounds, so that drift of the machine falls on all of them alike.
 */
export async function measureAll(
  installed: readonly Installed[],
  workload: Workload,
  rounds: number,
  onRound: (round: number) => void,
): Promise<Run> {
  const measured = installed.map(({ subject, bytes }) => ({
    name: subject.name,
    importMs: [] as number[],
    restBytes: [] as number[],
    reportedBytes: [] as number[],
    delayMs: [] as number[],
    installedBytes: bytes,
  }));
  const aloneMs: number[] = [];
  const exitMs: number[] = [];
  const aloneExitMs: number[] = [];
  const stopMs: number[] = [];
  const { endpoint, input } = workload;
  const rss = (folder: string, host: string, when: string): Promise<number> =>
    number(folder, ['--expose-gc', 'hosts/memory.mjs', host, when, endpoint, input]);
  const delay = (folder: string, host: string): Promise<number> =>
    number(folder, ['hosts/delay.mjs', host, endpoint, input]);
  for (let round = 0; round < rounds; round += 1) {
    onRound(round);
    const order = installed.map((_, index) => index);
    if (round % 2 === 1) order.reverse();
    for (const index of order) {
      const { folder, subject } = installed[index]!;
      const target = measured[index]!;
      target.importMs.push(await number(folder, ['hosts/import.mjs', subject.specifier]));
      const bare = await rss(folder, 'none', 'rest');
      target.restBytes.push((await rss(folder, subject.host, 'rest')) - bare);
      target.reportedBytes.push((await rss(folder, subject.host, 'reported')) - bare);
      target.delayMs.push(await delay(folder, subject.host));
    }
    const { folder, subject } = installed[0]!;
    aloneMs.push(await delay(folder, 'none'));
    exitMs.push(await measureLeaving({ folder, host: subject.host, input }, 'exit'));
    aloneExitMs.push(await measureLeaving({ folder, host: 'none', input }, 'exit'));
    stopMs.push(await measureLeaving({ folder, host: subject.host, input }, 'stop'));
  }
  return { measured, aloneMs, exitMs, aloneExitMs, stopMs };
}

/** Runs a script that prints one number. */
async function number(folder: string, args: readonly string[]): Promise<number> {
  const { stdout } = await run(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: join(folder, 'home') },
  });
  const value = Number(stdout);
  if (stdout === '' || Number.isNaN(value)) throw new Error(`${args.join(' ')} did not print a number`);
  return value;
}
