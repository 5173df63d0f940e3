import type { Period } from '@candor/protocol';
import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { figure, mark, round, shareAxis } from './figure.js';
import { timeScale, timeUnits } from './time-scale.js';

/** One layer of the stack. */
export interface Layer {
  /** CSS class that gives the layer its colour. */
  readonly colour: string;
  readonly name: string;
  /** Counts by the first day of a period. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Draws, for each period, the layers' shares of its total; the first layer is at the bottom. */
export function stackChart<L extends Layer>(options: {
  readonly period: Period;
  readonly layers: readonly L[];
  /** Totals by the first day of a period, the oldest first. */
  readonly totals: ReadonlyMap<string, number>;
  readonly label: string;
  readonly title: (firstDay: string, layer: L, count: number, total: number) => string;
}): Html {
  const { period, layers, totals, label, title } = options;
  const axis = shareAxis();
  const time = timeScale(period, [...totals.keys()]);
  const marks = [...totals].flatMap(([firstDay, total]) => {
    let below = 0;
    return layers.flatMap((layer) => {
      const count = layer.counts.get(firstDay) ?? 0;
      if (count === 0 || total === 0) return [];
      const bottom = axis.y(below / total);
      below += count;
      const top = axis.y(below / total);
      return mark({
        title: title(firstDay, layer, count, total),
        at: { x: time.middle(firstDay), y: top },
        shapes: html`<rect
          class="${layer.colour}"
          x="${time.x(firstDay)}%"
          width="${time.width}%"
          y="${top}"
          height="${round(bottom - top)}"
        />`,
      });
    });
  });
  const { labels, isShort } = time;
  return figure({ axis, timeUnit: timeUnits[period], label, marks, labels, isShort });
}
