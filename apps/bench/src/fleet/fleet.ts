import type { Bench } from '../frame/bench.js';
import { short } from '../frame/statistics.js';
import { countFirsts, errorText } from './count-firsts.js';
import { runFleet } from './run-fleet.js';
import { fleetRestart, mainRun, outage, start } from './world.js';

const minute = 60_000;

/** What a collector sees of a fleet that uses the reporter's own schedule for 60 days. */
export const fleetBench: Bench = {
  name: 'fleet',
  title: 'A fleet over 60 days',
  async run({ installations, progress }) {
    const parts = await runFleet(mainRun, installations, progress);
    const perMinute = parts[0]!.perMinute.map((_, at) =>
      parts.reduce((sum, part) => sum + part.perMinute[at]!, 0),
    );
    const at = (time: number): number => Math.floor((time - start) / minute);
    const peak = (from: number, hours: number): number => {
      const window = perMinute.slice(at(from), at(from) + hours * 60);
      return Math.max(...window) / mean(window);
    };
    const firsts = (['day', 'week', 'month'] as const).map((period) => ({
      label: `installations by the flag "first of the ${period}", against the truth`,
      cells: [errorText(countFirsts(parts, period).flags), 'within 1 %'],
    }));
    return {
      columns: [`${installations.toLocaleString('en')} installations`, 'aim'],
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
          label: 'UTC days without a report of a running installation, once its network is back',
          cells: [String(parts.reduce((sum, part) => sum + part.silentDays, 0)), '0'],
        },
        {
          label: 'longest silence once the network is back, hours',
          cells: [short(Math.max(...parts.map((part) => part.longestSilence))), '48'],
        },
        ...firsts,
      ],
      remarks: [
        'All programs restart in one second on day 20; nobody can connect for 36 hours from day 30; on day 40 the collector answers 503 for six hours. Each installation restarts every five days or so, 1 % fall into a crash loop, 2 % have a clock that is set by up to three days, 10 % are offline for up to three days, 2 % are containers without a volume, and one answer in a hundred is lost. The truth is the installations with a lasting state that reported: one without is the first of nothing.',
        'A period is the UTC day: a report goes at a time drawn from all of it, so that times say nothing about each other, and two reports can be 48 hours apart.',
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
