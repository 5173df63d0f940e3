import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../frame/bench.js';
import { short } from '../frame/statistics.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-pages.js', import.meta.url));
/** Reports a day. */
const sizes = [1_000, 30_000, 1_000_000];

type Measured = Record<string, { readonly cpu: number; readonly wall: number }>;

/** What the dashboard's pages over a closed month take, for two numbers of reports. */
export const pagesBench: Bench = {
  name: 'pages',
  title: "The dashboard's pages over a month",
  async run({ progress }) {
    const raw: Record<number, Measured> = {};
    for (const size of sizes) {
      progress(`pages: a month of ${size} reports a day`);
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
        'Aim: under 300 ms with a million reports a day. The last day is open; the one before was rolled up as usual, and its counts stand for the 29 before it. What goes through the reports of a day one by one, a page of more than 20,000 reports shows only when it is asked.',
        'Over SQLite, in the process of the collector; the least of three requests, after one that counts the open day.',
      ],
      versions: {},
      raw,
    };
  },
};
