import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, RunContext } from '../frame/bench.js';
import { median, short } from '../frame/statistics.js';
import { stores } from './stores.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-store.js', import.meta.url));
const sizes = [10_000, 1_000_000];

interface Measured {
  readonly perSecond: number;
  readonly appendMs: { readonly median: number; readonly p99: number };
  readonly bytesPerReport: number;
  readonly rollUpMs: number;
  readonly answers: Readonly<Record<string, readonly number[]>>;
}

/** What each store takes for a month of reports: appending, rolling up, answering, and room on disk. */
export const storageBench: Bench = {
  name: 'storage',
  title: 'A month of reports in a store',
  async run(context) {
    const raw: Record<string, Record<string, Measured[]>> = {};
    for (const name of Object.keys(stores)) {
      for (const size of sizes) (raw[name] ??= {})[size] = await measure(name, size, context);
    }
    const columns = Object.keys(stores).flatMap((name) =>
      sizes.map((size) => `${name}, ${size.toLocaleString('en')}`),
    );
    const all = Object.values(raw).flatMap((bySize) => Object.values(bySize));
    const row = (label: string, read: (one: Measured) => number): { label: string; cells: string[] } => ({
      label,
      cells: all.map((measured) => short(median(measured.map(read)))),
    });
    return {
      columns,
      rows: [
        row('appended a second, 1,000 a batch, durable', (one) => one.perSecond),
        row('a batch, ms (median)', (one) => one.appendMs.median),
        row('a batch, ms (p99)', (one) => one.appendMs.p99),
        row('bytes a report on disk, rolled up', (one) => one.bytesPerReport),
        row('rolling up a day, ms (longest)', (one) => one.rollUpMs),
        ...Object.keys(all[0]?.[0]?.answers ?? {}).map((question) =>
          row(`${question}, ms`, (one) => Math.min(...(one.answers[question] ?? []))),
        ),
      ],
      remarks: [
        'PostgreSQL 18 and ClickHouse 26.7 run on the same machine, ClickHouse inside a Node process (chdb) that runs one statement at a time.',
        'Aims: answers over closed days under 50 ms and within 20 % from the smaller store to the larger one, at most 80 bytes a report on disk, a day of a million reports rolled up in under 30 s, a page over a month under 300 ms. The open day has as many reports as the month. Each answer is the fastest of 15, since others use the same cores and disk.',
      ],
      versions: {},
      raw,
    };
  },
};

async function measure(name: string, size: number, { rounds, progress }: RunContext): Promise<Measured[]> {
  const measured: Measured[] = [];
  // A million reports take a minute; one store after another has no drift to share.
  for (let round = 0; round < Math.min(rounds, 3); round += 1) {
    progress(`storage: ${name}, ${size} reports, round ${round + 1}`);
    const { stdout } = await run(process.execPath, [child, name, String(size)]);
    measured.push(JSON.parse(stdout) as Measured);
  }
  return measured;
}
