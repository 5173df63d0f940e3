import type { Period } from '@candor/protocol';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { type Axis, figure, mark, plotHeight, round } from './figure.js';
import { timeScale, timeUnits } from './time-scale.js';

/** The bar of one period. */
export interface Bar {
  readonly firstDay: string;
  /** Null if nothing was received: the period is shaded instead of shown as zero. */
  readonly value: number | null;
  readonly title: string;
  /** True if the period is not over; the bar is drawn lighter. */
  readonly partial: boolean;
}

/** Draws a bar for each period. */
export function barChart(period: Period, bars: readonly Bar[], axis: Axis, label: string): Html {
  const time = timeScale(
    period,
    bars.map(({ firstDay }) => firstDay),
  );
  const marks = bars.map(({ firstDay, value, title, partial }) => {
    const y = value === null ? 22 : axis.y(value);
    const className = value === null ? 'gap' : partial ? 'bar partial' : 'bar';
    return mark({
      title,
      at: { x: time.middle(firstDay), y },
      shapes: html`<rect
        class="${className}"
        x="${time.x(firstDay)}%"
        width="${time.width}%"
        y="${y}"
        height="${round(Math.max(plotHeight - y, 1))}"
      />`,
    });
  });
  const { labels, isShort } = time;
  return figure({ axis, timeUnit: timeUnits[period], label, marks, labels, isShort });
}
