import type { Bench } from '../frame/bench.js';
import { countFirsts, errorText } from './count-firsts.js';
import { runFleet } from './run-fleet.js';
import { mainRun, shapes } from './world.js';

/** How well a collector counts installations without an identifier, through outages of many shapes. */
export const outagesBench: Bench = {
  name: 'outages',
  title: 'Active installations through outages',
  async run({ installations, progress }) {
    const size = Math.ceil(installations / 20);
    const rows = [];
    const raw: Record<string, unknown> = {};
    for (const shape of Object.keys(shapes).filter((name) => name !== mainRun)) {
      const parts = await runFleet(shape, size, progress);
      const [day, week, month] = (['day', 'week', 'month'] as const).map((period) =>
        countFirsts(parts, period),
      );
      const cells = [day!.flags, week!.flags, month!.flags, week!.counted, month!.counted].map(errorText);
      rows.push({ label: shape, cells });
      raw[shape] = { day, week, month };
    }
    return {
      columns: ['day, by flags', 'week, by flags', 'month, by flags', 'week, counted', 'month, counted'],
      rows,
      remarks: [
        `Each row is ${size.toLocaleString('en')} installations over 60 days with the restarts, clocks and lost answers of the fleet above. A cell is the farthest that any one day, week or month is from the installations with a lasting state that reported in it. “By flags” adds up the reports that say they are the first; “counted” is at least as many as on the busiest day of the period, as the dashboard counts. Aim: within 1 %.`,
      ],
      versions: {},
      raw,
    };
  },
};
