import { scaleBand } from 'd3-scale';
import { html } from 'hono/html';
import { dayText } from '../calendar.js';
import type { Html } from '../page/html.js';
import { plotHeight, round } from './axis.js';

/** Where each day of a chart stands, in percent of the plot's width. */
export interface DayScale {
  readonly x: (day: string) => number;
  readonly width: number;
  readonly labels: Html[];
}

/** Spreads days over the width and labels about four of them, the last one always. */
export function dayScale(days: readonly string[]): DayScale {
  const band = scaleBand<string>()
    .domain(days)
    .range([0, 100])
    .paddingInner(days.length > 120 ? 0 : 0.25);
  const step = Math.max(1, Math.ceil(days.length / 4));
  const labelled = days.filter((_, index) => (days.length - 1 - index) % step === 0);
  const middle = (day: string): number => round((band(day) ?? 0) + band.bandwidth() / 2);
  return {
    x: (day) => round(band(day) ?? 0),
    width: round(band.bandwidth()),
    labels: labelled.map(
      (day) =>
        html`<text class="${anchor(middle(day))}" x="${middle(day)}%" y="${plotHeight + 20}"
          >${dayText(day, 'short')}</text
        >`,
    ),
  };
}

/** Labels near an edge grow inwards, so that none is cut off on a narrow screen. */
function anchor(percent: number): string {
  if (percent < 8) return 'from-start';
  return percent > 92 ? 'to-end' : 'centred';
}
