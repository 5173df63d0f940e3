import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../frame/bench.js';
import { short } from '../frame/statistics.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-pages.js', import.meta.url));
/** Reports a day. */
const sizes = [1_000, 30_000];

type Measured = Record<string, { readonly cpu: number; readonly wall: number }>;

/** What the dashboard's pages over a closed month take, for two numbers of reports. */
export const pagesBench: Bench = {
  name: 'pages',
  title: "The dashboard's pages over a month",
  async run({ progress }) {
    const raw: Record<number, Measured> = {};
    for (const size of sizes) {
      progress(`pages: 31 days of ${size} reports`);
      const { stdout } = await run(process.execPath, [child, String(size)]);
      raw[size] = JSON.parse(stdout) as Measured;
    }
    const names = Object.keys(raw[sizes[0]!] ?? {});
    return {
      columns: sizes.flatMap((size) => [
        `${size.toLocaleString('en')} reports a day: ms of the processor`,
        'ms of the clock',
      ]),
      rows: names.map((name) => ({
        label: name,
        cells: sizes.flatMap((size) => {
          const { cpu = 0, wall = 0 } = raw[size]?.[name] ?? {};
          return [short(cpu), short(wall)];
        }),
      })),
      remarks: [
        'Aim: under 300 ms with a million reports a day. Days that are closed are read from their roll-ups, whose size depends on how many versions and values there are, and not on how many reports: but for the last line the columns differ by noise alone. What that line shows, a page of more than 20,000 reports shows only when it is asked.',
        'Over SQLite, in the process of the collector; the least of three requests.',
      ],
      versions: {},
      raw,
    };
  },
};
