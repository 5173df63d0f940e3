import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Where a command runs, and in which environment (default: that of the tests). */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Runs a command and resolves to its standard output; when it fails, the error shows what it printed. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  try {
    return (await execute(command, args, { ...options, maxBuffer: 16 * 2 ** 20 })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
