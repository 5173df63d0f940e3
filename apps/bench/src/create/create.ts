import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../frame/bench.js';
import { median, short } from '../frame/statistics.js';
import { traefikConfiguration } from '../workload/traefik.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-create.js', import.meta.url));

const labels = {
  first: 'creating it, in a new process',
  report: 'its first configuration of 320 leaves',
  turn: 'the longest turn of that configuration, as the reporter anonymizes it',
  again: 'creating it once more, same schema',
  equal: 'creating it once more, an equal schema',
};

type Times = Record<keyof typeof labels, number>;

/** What the host's thread pays for an anonymizer of the Traefik schema. */
export const createBench: Bench = {
  name: 'create',
  title: 'Creating the Traefik anonymizer',
  async run({ rounds, progress }) {
    progress('create: a process for each round');
    const configuration = JSON.stringify(traefikConfiguration());
    const raw: Times[] = [];
    for (let round = 0; round < rounds * 3; round += 1) {
      raw.push({
        ...(await measure(configuration, 'all at once')),
        ...(await measure(configuration, 'in turns')),
      } as Times);
    }
    return {
      columns: ['ms (median)', 'ms (least)', 'ms (worst)'],
      rows: Object.entries(labels).map(([key, label]) => {
        const times = raw.map((one) => one[key as keyof Times]);
        return { label, cells: [median(times), Math.min(...times), Math.max(...times)].map(short) };
      }),
      remarks: ['Aim: at most 5 ms synchronous. The time is the processor’s, all threads together.'],
      versions: {},
      raw,
    };
  },
};

async function measure(configuration: string, mode: 'all at once' | 'in turns'): Promise<Partial<Times>> {
  const { stdout } = await run(process.execPath, [child, configuration, mode]);
  return JSON.parse(stdout) as Partial<Times>;
}
