import type { Period } from '@candor/protocol';
import { scaleBand } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { periodLabel } from '../view/text.js';
import { plotHeight, round } from './figure.js';

/** The position of each period of a chart, in percent of the plot's width. */
export interface TimeScale {
  readonly x: (firstDay: string) => number;
  readonly middle: (firstDay: string) => number;
  readonly width: number;
  readonly isShort: boolean;
  readonly labels: readonly Html[];
}

/** The units of the labels below a chart. */
export const timeUnits: Readonly<Record<Period, string>> = {
  day: 'days (UTC)',
  week: 'weeks from Monday',
  month: 'months',
};

/** Spreads periods over the width and labels about four of them, twelve on a wide page, the last one always. */
export function timeScale(period: Period, firstDays: readonly string[]): TimeScale {
  const isShort = firstDays.length < 8;
  const band = scaleBand<string>()
    .domain(firstDays)
    .range([0, 100])
    .paddingInner(firstDays.length > 120 ? 0 : isShort ? 0.4 : 0.25);
  const step = Math.max(1, Math.ceil(firstDays.length / 12));
  const usual = step * Math.max(1, Math.ceil(firstDays.length / step / 4));
  const labelled = firstDays.flatMap((day, index) => {
    const fromLast = firstDays.length - 1 - index;
    return fromLast % step === 0 ? [{ day, isUsual: fromLast % usual === 0 }] : [];
  });
  const middle = (day: string): number => round((band(day) ?? 0) + band.bandwidth() / 2);
  return {
    x: (day) => round(band(day) ?? 0),
    middle,
    width: round(band.bandwidth()),
    isShort,
    labels: labelled.map(
      ({ day, isUsual }) =>
        html`<text
          class="${isUsual ? '' : 'wide '}${middle(day) > 97 ? 'last' : 'centred'}"
          x="${middle(day)}%"
          y="${plotHeight + 20}"
          >${periodLabel(period, day)}</text
        >`,
    ),
  };
}
