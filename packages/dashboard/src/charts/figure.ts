import { scaleLinear } from 'd3-scale';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { countText } from '../view/text.js';

/** Height of the drawing area and of the strip of labels below, in pixels. */
export const plotHeight = 200;
const labelHeight = 28;

/** A vertical scale with the values that get a line. */
export interface Axis {
  readonly y: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
  /** The unit of the numbers, written above them. */
  readonly unit: string;
}

/** Returns an axis from zero to at least `max`, in whole numbers. */
export function countAxis(max: number, unit: string): Axis {
  const scale = scaleLinear()
    .domain([0, Math.max(max, 1)])
    .nice(4)
    .range([plotHeight, 22]);
  const ticks = scale.ticks(4).filter((value) => Number.isInteger(value));
  return {
    y: (value) => round(scale(value)),
    ticks: ticks.map((value) => ({ value, text: countText(value) })),
    unit,
  };
}

/** Returns an axis from zero to a share of at most one, in percent. */
export function shareAxis(max = 1): Axis {
  const scale = scaleLinear()
    .domain([0, Math.min(1, Math.max(max, 0.01))])
    .nice(4)
    .range([plotHeight, 22]);
  return {
    y: (value) => round(scale(value)),
    ticks: scale.ticks(4).map((value) => ({ value, text: `${round(value * 100)}%` })),
    unit: 'share of installations',
  };
}

/** Draws a figure. The axis has its own column, so that the plot can be as wide as the page allows. */
export function figure(options: {
  readonly axis: Axis;
  /** The unit of the labels below. */
  readonly timeUnit: string;
  /** The description for screen readers; the table below has the numbers. */
  readonly label: string;
  readonly marks: readonly Html[];
  /** Few periods need less width, so that their bars do not become blocks. */
  readonly isShort: boolean;
  readonly labels: readonly Html[];
}): Html {
  const { axis, timeUnit, label, marks, isShort, labels } = options;
  return html`<div class="chart${isShort ? ' few' : ''}">
    <svg class="axis" aria-hidden="true" width="52" height="${plotHeight + labelHeight}">
      ${axis.ticks.map(({ value, text }) => html`<text x="46" y="${axis.y(value) + 4}">${text}</text>`)}
    </svg>
    <svg class="plot" role="group" aria-label="${label}" width="100%" height="${plotHeight + labelHeight}">
      <text x="0" y="10">${axis.unit}</text>
      <text class="to-end" x="100%" y="10">${timeUnit}</text>
      ${axis.ticks.map(
        ({ value }) =>
          html`<line class="grid" x1="0" x2="100%" y1="${axis.y(value)}" y2="${axis.y(value)}" />`,
      )}
      ${marks}${labels}
    </svg>
  </div>`;
}

/** Draws a mark that shows its number under the pointer or the keyboard's focus. */
export function mark(options: {
  readonly shapes: Html;
  readonly title: string;
  /** The position of its text: percent of the width, pixels from the top. */
  readonly at: { readonly x: number; readonly y: number };
}): Html {
  const { shapes, title, at } = options;
  return html`<g class="mark" tabindex="0" role="img" aria-label="${title}">
    ${shapes}<text class="tip ${anchor(at.x)}" x="${round(at.x)}%" y="${Math.max(22, round(at.y) - 8)}"
      >${title}</text
    >
  </g>`;
}

/** Returns the anchor of a text so that it is not cut off at the edges of a narrow plot. */
function anchor(percent: number): string {
  if (percent < 30) return 'from-start';
  return percent > 70 ? 'to-end' : 'centred';
}

/** Rounds to two decimals, which are finer than a pixel and keep the page small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
