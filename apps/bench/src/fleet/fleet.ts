import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench } from '../frame/bench.js';
import { short } from '../frame/statistics.js';
import type { Seen } from './simulate.js';
import { fleetRestart, outage, start } from './world.js';

const run = promisify(execFile);
const child = fileURLToPath(new URL('measure-fleet.js', import.meta.url));
const chunk = 5000;
const minute = 60_000;

type Part = Omit<Seen, 'perMinute'> & { readonly perMinute: readonly number[] };

/** What a collector sees of a fleet that uses the reporter's own schedule for 60 days. */
export const fleetBench: Bench = {
  name: 'fleet',
  title: 'A fleet over 60 days',
  async run({ installations, progress }) {
    const parts: Part[] = [];
    const seeds = Array.from({ length: Math.ceil(installations / chunk) }, (_, at) => at + 1);
    const next = async (): Promise<void> => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const { stdout } = await run(process.execPath, [child, String(seed), String(chunk)], {
          maxBuffer: 2 ** 26,
        });
        parts.push(JSON.parse(stdout) as Part);
        progress(`fleet: ${parts.length * chunk} of ${installations} installations`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, next));
    const perMinute = parts[0]!.perMinute.map((_, at) =>
      parts.reduce((sum, part) => sum + part.perMinute[at]!, 0),
    );
    const at = (time: number): number => Math.floor((time - start) / minute);
    const peak = (from: number, hours: number): number => {
      const window = perMinute.slice(at(from), at(from) + hours * 60);
      return Math.max(...window) / mean(window);
    };
    const total = parts.length * chunk;
    const firsts = (['day', 'week', 'month'] as const).map((period) => firstsOf(parts, period));
    return {
      columns: [`${total.toLocaleString('en')} installations`, 'aim'],
      rows: [
        { label: 'requests', cells: [perMinute.reduce((sum, one) => sum + one, 0).toLocaleString('en'), ''] },
        {
          label: 'peak minute / mean, quiet week',
          cells: [short(peak(start + 10 * 1440 * minute, 168)), ''],
        },
        {
          label: 'peak minute / mean, day after a restart of all at once',
          cells: [short(peak(fleetRestart, 24)), '2'],
        },
        {
          label: 'peak minute / mean, day after an outage of 36 hours',
          cells: [short(peak(outage.to, 24)), ''],
        },
        {
          label: 'most requests of one installation in 24 hours',
          cells: [String(Math.max(...parts.map((part) => part.mostRequests))), '12'],
        },
        {
          label: 'days without a report of a running installation, all networks up',
          cells: [String(parts.reduce((sum, part) => sum + part.silentDays, 0)), '0'],
        },
        {
          label: 'longest silence once the network is back, hours',
          cells: [short(Math.max(...parts.map((part) => part.longestSilence))), '24'],
        },
        ...firsts,
      ],
      remarks: [
        'All programs restart in one second on day 20; nobody can connect for 36 hours from day 30; on day 40 the collector answers 503 for six hours. Each installation restarts every five days or so, 1 % fall into a crash loop, 2 % have a clock that is set by up to three days, 10 % are offline for up to three days, 2 % are containers without a volume, and one answer in a hundred is lost.',
      ],
      versions: {},
      raw: { perHour: hours(perMinute), firsts: parts.map((part) => part.firsts) },
    };
  },
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function hours(perMinute: readonly number[]): number[] {
  return Array.from({ length: perMinute.length / 60 }, (_, hour) =>
    perMinute.slice(hour * 60, hour * 60 + 60).reduce((sum, value) => sum + value, 0),
  );
}

/** How far the sum of the reports that say they are the first of a period is from the truth. */
function firstsOf(
  parts: readonly Part[],
  period: 'day' | 'week' | 'month',
): { label: string; cells: string[] } {
  const names = Object.keys(parts[0]!.firsts[period]);
  const errors = names.map((name) => {
    const sum = (read: 'installations' | 'claimed'): number =>
      parts.reduce((total, part) => total + (part.firsts[period][name]?.[read] ?? 0), 0);
    return sum('claimed') / sum('installations') - 1;
  });
  const percent = (value: number): string =>
    `${value < 0 ? '−' : '+'}${(Math.abs(value) * 100).toFixed(1)} %`;
  return {
    label: `installations by the flag "first of the ${period}", against the truth`,
    cells: [`${percent(Math.min(...errors))} to ${percent(Math.max(...errors))}`, '0'],
  };
}
