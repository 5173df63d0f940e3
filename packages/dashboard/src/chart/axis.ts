import { scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../page/html.js';
import { countText } from '../page/text.js';

/** Height of the drawing area and of the strip of labels below, in pixels. */
export const plotHeight = 200;
const chartHeight = plotHeight + 28;

/** A vertical scale with the values that get a line. */
export interface Axis {
  readonly y: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** An axis from zero to at least `max` whole things. */
export function countAxis(max: number): Axis {
  const scale = scaleLinear()
    .domain([0, Math.max(max, 1)])
    .nice(4)
    .range([plotHeight, 8]);
  const ticks = scale.ticks(4).filter((value) => Number.isInteger(value));
  return {
    y: (value) => round(scale(value)),
    ticks: ticks.map((value) => ({ value, text: countText(value) })),
  };
}

/** An axis from zero to one, in percent. */
export function shareAxis(): Axis {
  const scale = scaleLinear().domain([0, 1]).range([plotHeight, 8]);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((value) => ({ value, text: `${value * 100}%` }));
  return { y: (value) => round(scale(value)), ticks };
}

/** A figure: the axis in a column of its own, so that the plot can be as wide as the page allows. */
export function figure(options: { axis: Axis; label: string; marks: Html[]; below: Html[] }): Html {
  const { axis, label, marks, below } = options;
  return html`<div class="chart">
    <svg class="axis" aria-hidden="true" width="46" height="${chartHeight}">
      ${axis.ticks.map(({ value, text }) => html`<text x="40" y="${axis.y(value) + 4}">${text}</text>`)}
    </svg>
    <svg class="plot" role="img" aria-label="${label}" width="100%" height="${chartHeight}">
      ${axis.ticks.map(
        ({ value }) =>
          html`<line class="grid" x1="0" x2="100%" y1="${axis.y(value)}" y2="${axis.y(value)}" />`,
      )}
      ${marks}${below}
    </svg>
  </div>`;
}

/** Two decimals are finer than a pixel and keep the page small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
