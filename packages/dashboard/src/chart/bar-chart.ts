import { html } from 'hono/html';
import type { Html } from '../page/html.js';
import { countAxis, figure, plotHeight, round } from './axis.js';
import { dayScale } from './days.js';

/** One day's bar. */
export interface DayBar {
  readonly day: string;
  readonly value: number;
  /** Shown when the pointer rests on the bar. */
  readonly title: string;
  /** Drawn lighter: the day is not over. */
  readonly partial: boolean;
}

/** A bar for each day; `label` is what a screen reader says instead. */
export function barChart(bars: readonly DayBar[], label: string): Html {
  const axis = countAxis(Math.max(...bars.map((bar) => bar.value)));
  const days = dayScale(bars.map((bar) => bar.day));
  const marks = bars.map(
    ({ day, value, title, partial }) =>
      html`<rect
        class="${partial ? 'day partial' : 'day'}"
        x="${days.x(day)}%"
        width="${days.width}%"
        y="${axis.y(value)}"
        height="${round(plotHeight - axis.y(value))}"
        ><title>${title}</title></rect
      >`,
  );
  return figure({ axis, label, marks, below: days.labels });
}
