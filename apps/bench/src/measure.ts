import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Installed } from './install.js';

const run = promisify(execFile);

/** What is measured of one subject: one number for each round, in the order taken. */
export interface Measured {
  readonly name: string;
  readonly importMs: number[];
  readonly idleBytes: number[];
  readonly delayMs: number[];
  readonly installedBytes: number;
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
): Promise<Measured[]> {
  const measured = installed.map(({ subject, bytes }) => ({
    name: subject.name,
    importMs: [] as number[],
    idleBytes: [] as number[],
    delayMs: [] as number[],
    installedBytes: bytes,
  }));
  for (let round = 0; round < rounds; round += 1) {
    onRound(round);
    const order = installed.map((_, index) => index);
    if (round % 2 === 1) order.reverse();
    for (const index of order) {
      const { folder, subject } = installed[index]!;
      const target = measured[index]!;
      const { endpoint, input } = workload;
      target.importMs.push(await number(folder, ['hosts/import.mjs', subject.specifier]));
      const bare = await number(folder, ['--expose-gc', 'hosts/idle.mjs', 'none', endpoint, input]);
      const full = await number(folder, ['--expose-gc', 'hosts/idle.mjs', subject.host, endpoint, input]);
      target.idleBytes.push(full - bare);
      target.delayMs.push(await number(folder, ['hosts/delay.mjs', subject.host, endpoint, input]));
    }
  }
  return measured;
}

/** Runs a script that prints one number. */
async function number(folder: string, args: readonly string[]): Promise<number> {
  const { stdout } = await run(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: join(folder, 'home') },
  });
  const value = Number(stdout);
  if (stdout === '' || Number.isNaN(value)) throw new Error(`${args.join(' ')} did not print a number`);
  return value;
}
