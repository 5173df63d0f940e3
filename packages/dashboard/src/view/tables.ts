import { html } from 'hono/html';
import { shareBar } from '../charts/share-bar.js';
import { sparkline } from '../charts/sparkline.js';
import type { Html } from './html.js';
import { changeText, countText, shareText } from './text.js';

/** A row of a ranking. */
export interface RankedRow {
  readonly name: Html;
  readonly count: number;
  /** The shares in the shown periods, the oldest first; the last one belongs to `count`. */
  readonly course?: readonly number[] | undefined;
}

/** Draws the numbers of a chart as a table that can be opened: a row for each period, the newest first. */
export function chartTable(options: {
  readonly heading: string;
  /** The label for screen readers. */
  readonly label: string;
  readonly columns: readonly Html[];
  /** The oldest first. */
  readonly rows: readonly { readonly name: Html; readonly cells: readonly string[] }[];
}): Html {
  const { heading, label, columns, rows } = options;
  return html`<details>
    <summary>As a table</summary>
    <div class="scroll periods" tabindex="0" role="region" aria-label="${label}">
      <table>
        <thead>
          <tr>
            <th scope="col">${heading}</th>
            ${columns.map((column) => html`<th scope="col" class="number">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.toReversed().map(
            ({ name, cells }) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/**
 * Draws rows with their share of a total: bar, share, change since the previous period, count, and shares over time.
 */
export function rankingTable(options: {
  readonly caption: string;
  readonly heading: string;
  readonly total: number;
  readonly rows: readonly RankedRow[];
}): Html {
  const { caption, heading, total, rows } = options;
  const hasCourse = rows.some(({ course = [] }) => course.length > 1);
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${heading}</th>
          <td class="bar-column"></td>
          <th scope="col" class="number">Share</th>
          ${
            hasCourse
              ? html`<th scope="col" class="number">Change</th>
                  <td class="spark-column"></td>`
              : ''
          }
          <th scope="col" class="number">Installations</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, count, course = [] }) =>
            html`<tr>
              <th scope="row" class="value">${name}</th>
              <td class="bar-column">${shareBar(total === 0 ? 0 : count / total)}</td>
              <td class="number">${shareText(count, total)}</td>
              ${
                hasCourse
                  ? html`<td class="number">
                        ${course.length < 2 ? '' : changeText(course.at(-1) ?? 0, course.at(-2) ?? 0)}
                      </td>
                      <td class="spark-column">${sparkline(course)}</td>`
                  : ''
              }
              <td class="number">${countText(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
