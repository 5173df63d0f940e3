import { html } from 'hono/html';
import { isOver, queryOf } from '../choice.js';
import { factsOf } from '../counts/facts.js';
import { DashboardError } from '../dashboard-error.js';
import type { Html } from '../view/html.js';
import { countText, periodText, shareText } from '../view/text.js';
import { holdersOf } from './field.js';
import type { PageContext } from './page.js';

/** Draws the share of installations that report a field as a self-contained SVG image of 480 by 96 pixels. */
export async function fieldImage({ choice, counts, search }: PageContext): Promise<Html> {
  const path = search.get('path');
  if (path === null || path === '') throw new DashboardError('ERR_RANGE', '"path" must name a field.');
  const result = await counts.count(queryOf(choice, { by: 'path', path }));
  const periods = result.periods.filter((one) => isOver(one, choice));
  const holders = holdersOf(
    factsOf({ periods }).filter((fact) => fact.path === path),
    periods,
  );
  const last = periods.at(-1);
  const share =
    result.unread > 0
      ? 'not counted'
      : last === undefined
        ? 'no closed period'
        : shareText(holders.at(-1) ?? 0, last.total);
  const detail =
    last === undefined || result.unread > 0
      ? ''
      : `of ${countText(last.total)} installations, ${periodText(choice.period, last.firstDay)}`;
  const most = Math.max(...periods.map(({ total }, at) => (holders[at] ?? 0) / Math.max(1, total)), 0.001);
  const width = 150 / Math.max(periods.length, 1);
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="480" height="96" viewBox="0 0 480 96" role="img">
    <title>${path}: ${share} ${detail}</title>
    <rect width="480" height="96" fill="#fbf9f4" stroke="#d9d5c9" />
    <text x="16" y="28" font-family="monospace" font-size="14" fill="#1b2321">${clip(path)}</text>
    <text x="16" y="62" font-family="Georgia, serif" font-size="28" font-weight="600" fill="#125e4b">
      ${share}
    </text>
    <text x="16" y="82" font-family="sans-serif" font-size="12" fill="#59635f">${detail}</text>
    ${periods.map(({ total }, at) => {
      const height = Math.max(1, (40 * ((holders[at] ?? 0) / Math.max(1, total))) / most);
      return html`<rect
        x="${(314 + at * width).toFixed(1)}"
        y="${(84 - height).toFixed(1)}"
        width="${Math.max(1, width - 2).toFixed(1)}"
        height="${height.toFixed(1)}"
        fill="#125e4b"
      />`;
    })}
  </svg>`;
}

function clip(path: string): string {
  return path.length > 50 ? `${path.slice(0, 49)}…` : path;
}
