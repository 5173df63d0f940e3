import type { CountPeriod, FactValue } from '@candor/protocol';
import { html } from 'hono/html';
import { type Choice, searchOf } from '../choice.js';
import { countAt, factsOf, parentOf, withoutEchoes } from '../counts/facts.js';
import type { Html } from '../view/html.js';
import { breakable, changeText, counted, countText, periodText, shareText, valueName } from '../view/text.js';

/** What is said where the rows that would answer are gone. */
export const expired = 'Its reports have expired, and no counts of this were kept.';
/** Rows of a table. */
const listed = 12;
/** A difference below this many percentage points is none. */
const leastDifference = 0.0005;

/**
 * What the installations that report a field report more often than all do, or less often; `all` is the same period without
 * the field as a condition. What everybody reports says nothing of the field, so that only differences are listed.
 */
export function companions(
  among: CountPeriod | undefined,
  all: CountPeriod | undefined,
  path: string,
  choice: Choice,
): Html {
  if (among === undefined || all === undefined) return html`<p>Nobody reported it lately.</p>`;
  if (!among.complete) return html`<p>${expired}</p>`;
  const facts = factsOf({ periods: [all] })
    .filter((fact) => !areRelated(fact.path, path))
    .map(({ path: other, value, counts }): Companion => {
      const [here, everywhere] = [countAt(among, other, value), counts[0] ?? 0];
      const difference = here / Math.max(1, among.total) - everywhere / Math.max(1, all.total);
      return { path: other, value, here, everywhere, difference };
    });
  const rows = withoutEchoes(facts, ({ here, everywhere }) => [here, everywhere])
    .filter(({ difference }) => Math.abs(difference) >= leastDifference)
    .toSorted((a, b) => b.difference - a.difference || (a.path < b.path ? -1 : 1));
  const [more, less] = [
    rows.filter(({ difference }) => difference > 0),
    rows.filter(({ difference }) => difference < 0).toReversed(),
  ];
  const period = periodText(choice.period, among.firstDay);
  if (rows.length === 0) {
    return html`<p>
      The ${counted(among.total, 'installation')} that report it report everything else as often as all
      ${countText(all.total)} do, ${period}.
    </p>`;
  }
  const table = (id: string, heading: string, part: readonly Companion[]): Html =>
    part.length === 0
      ? html``
      : html`<h3 id="${id}">${heading}</h3>
          ${companionTable(part.slice(0, listed), id, [among.total, all.total], choice)}`;
  return html`<p class="lead">
      The ${counted(among.total, 'installation')} that report it, beside all ${countText(all.total)},
      ${period}; difference in percentage points.
    </p>
    ${table('more', 'More often than by all', more)}${table('less', 'Less often than by all', less)}`;
}

/** How often something is reported by the installations that report a field, and by all. */
interface Companion {
  readonly path: string;
  readonly value: FactValue;
  readonly here: number;
  readonly everywhere: number;
  readonly difference: number;
}

function companionTable(
  rows: readonly Companion[],
  heading: string,
  [those, all]: readonly [number, number],
  choice: Choice,
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${heading}">
    <table>
      <thead>
        <tr>
          <th scope="col">Also reported</th>
          <th scope="col" class="number">Of ${countText(those)}</th>
          <th scope="col" class="number">Of all ${countText(all)}</th>
          <th scope="col" class="number">Difference</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row" class="value">
                <a href="./field${searchOf(choice, {}, { path: row.path })}">${breakable(row.path)}</a>
                ${row.value === true ? '' : valueName(row)}
              </th>
              <td class="number">${shareText(row.here, those)} <small>${countText(row.here)}</small></td>
              <td class="number">
                ${shareText(row.everywhere, all)} <small>${countText(row.everywhere)}</small>
              </td>
              <td class="number">${changeText(row.difference, 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Returns true of a path and what it lies in or holds: that these occur together goes without saying. */
function areRelated(path: string, other: string): boolean {
  return path === other || isBelow(path, other) || isBelow(other, path);
}

function isBelow(path: string, above: string): boolean {
  const parent = parentOf(path);
  return parent !== undefined && (parent === above || isBelow(parent, above));
}
