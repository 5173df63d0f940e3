import { html } from 'hono/html';
import type { Html } from '../page/html.js';
import { figure, round, shareAxis } from './axis.js';
import { dayScale } from './days.js';

/** One layer of the stack. */
export interface Layer {
  /** CSS class that gives the layer its colour. */
  readonly colour: string;
  readonly name: string;
  readonly byDay: ReadonlyMap<string, number>;
}

/** For each day, the shares that the layers have of that day's total; the first layer stands at the bottom. */
export function stackChart<L extends Layer>(options: {
  readonly days: readonly string[];
  readonly layers: readonly L[];
  readonly totalByDay: ReadonlyMap<string, number>;
  readonly label: string;
  readonly title: (day: string, layer: L, count: number, total: number) => string;
}): Html {
  const axis = shareAxis();
  const scale = dayScale(options.days);
  const marks = options.days.flatMap((day) => {
    const total = options.totalByDay.get(day) ?? 0;
    let below = 0;
    return options.layers.flatMap((layer) => {
      const count = layer.byDay.get(day) ?? 0;
      if (count === 0) return [];
      const bottom = axis.y(below / total);
      below += count;
      const top = axis.y(below / total);
      const title = options.title(day, layer, count, total);
      return html`<rect
        class="${layer.colour}"
        x="${scale.x(day)}%"
        width="${scale.width}%"
        y="${top}"
        height="${round(bottom - top)}"
        ><title>${title}</title></rect
      >`;
    });
  });
  return figure({ axis, label: options.label, marks, below: scale.labels });
}
