import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Seen } from './simulate.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-fleet.js', import.meta.url));
const chunk = 5000;

/** What a collector sees of some installations, as a process of its own writes it. */
export type Part = Omit<Seen, 'perMinute'> & { readonly perMinute: readonly number[] };

/** Simulates a fleet in processes of some installations each; resolves to what each of them saw. */
export async function runFleet(
  shape: string,
  installations: number,
  progress: (text: string) => void,
): Promise<Part[]> {
  const parts: Part[] = [];
  const seeds = Array.from({ length: Math.ceil(installations / chunk) }, (_, at) => at + 1);
  const size = Math.min(chunk, installations);
  const next = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const { stdout } = await run(process.execPath, [child, shape, String(seed), String(size)], {
        maxBuffer: 2 ** 26,
      });
      parts.push(JSON.parse(stdout) as Part);
      progress(`fleet, ${shape}: ${parts.length * size} of ${installations} installations`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return parts;
}
