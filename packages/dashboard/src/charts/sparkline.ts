import { scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';

const width = 96;
const height = 22;

/** Draws a share over time as a small line above zero; decoration beside the numbers. */
export function sparkline(values: readonly number[]): Html {
  if (values.length < 2) return html``;
  const x = scaleLinear()
    .domain([0, values.length - 1])
    .range([2, width - 2]);
  const y = scaleLinear()
    .domain([0, Math.max(...values, 0.001) * 1.25])
    .range([height - 2, 2]);
  const path = `M${values.map((value, at) => `${tenths(x(at))},${tenths(y(value))}`).join('L')}`;
  return html`<svg
    class="spark"
    aria-hidden="true"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
  >
    <path d="${path}" />
  </svg>`;
}

/** Rounds to tenths of a pixel, which nobody sees. */
function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
