import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@candor/testing';
import { afterEach, beforeEach } from 'vitest';
import { runCli } from '../../src/cli/run-cli.js';

/** The built program. */
export const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Gives each test of a file an empty folder as its working directory. */
export function inEmptyFolder(): void {
  const home = process.cwd();
  beforeEach(async () => process.chdir(await temporaryDirectory()));
  afterEach(() => process.chdir(home));
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program in the working directory, which is also its home. */
export function candor(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, HOME: process.cwd() } };
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** The same without a process of its own, for the many small cases. */
export async function here(...args: string[]): Promise<Ran> {
  const { code, output, notes } = await runCli(args, { colours: false });
  return { code, stdout: output, stderr: notes };
}

/** Writes a file into the working directory, and returns its name. */
export async function file(name: string, text: string): Promise<string> {
  await writeFile(name, text);
  return name;
}
