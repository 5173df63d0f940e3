import type { Period } from '@candor/protocol';
import { scaleBand } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { periodLabel } from '../view/text.js';
import { anchor, plotHeight, round } from './figure.js';

/** Where each period of a chart stands, in percent of the plot's width. */
export interface TimeScale {
  readonly x: (firstDay: string) => number;
  readonly middle: (firstDay: string) => number;
  readonly width: number;
  readonly labels: readonly Html[];
}

/** Spreads periods over the width and labels about four of them, the last one always. */
export function timeScale(period: Period, firstDays: readonly string[]): TimeScale {
  const band = scaleBand<string>()
    .domain(firstDays)
    .range([0, 100])
    // Few bars are kept apart, so that none becomes a block.
    .paddingInner(firstDays.length > 120 ? 0 : firstDays.length < 8 ? 0.4 : 0.25);
  const step = Math.max(1, Math.ceil(firstDays.length / 4));
  const labelled = firstDays.filter((_, index) => (firstDays.length - 1 - index) % step === 0);
  const middle = (day: string): number => round((band(day) ?? 0) + band.bandwidth() / 2);
  return {
    x: (day) => round(band(day) ?? 0),
    middle,
    width: round(band.bandwidth()),
    labels: labelled.map(
      (day) =>
        html`<text class="${anchor(middle(day))}" x="${middle(day)}%" y="${plotHeight + 20}"
          >${periodLabel(period, day)}</text
        >`,
    ),
  };
}
