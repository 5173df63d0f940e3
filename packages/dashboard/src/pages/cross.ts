import type { CountPeriod } from '@candor/protocol';
import { html } from 'hono/html';
import { type Choice, isOver, queryOf } from '../choice.js';
import { factsOf } from '../counts/facts.js';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { breakable, countText, periodText, shareText, valueName } from '../view/text.js';
import type { PageContext } from './page.js';

/** Rows and columns of a cross. */
const crossSize = 12;

/** How many installations have each pair of values, in the `last` period. */
export async function cross(
  { choice, counts, search }: PageContext,
  last: CountPeriod,
  one: string,
  other: string,
): Promise<Html> {
  const recent: Choice = { ...choice, from: last.firstDay, to: last.lastDay };
  const ofOne = await counts.count(queryOf(recent, { by: 'path', path: one }));
  const rows = ofOne.periods.at(-1) ?? last;
  const values = factsOf({ periods: [rows] })
    .filter((fact) => fact.path === one)
    .slice(0, crossSize);
  const results = await Promise.all(
    values.map(({ value }) => {
      const where = [...choice.where, { path: one, value }];
      return counts.count(queryOf(recent, { by: 'path', path: other, where }), values.length);
    }),
  );
  if (values.length === 0)
    return html`<p>Nobody reported <code>${one}</code>, ${periodText(choice.period, last.firstDay)}.</p>`;
  const offer = offerReading([ofOne, ...results], search, '#cross');
  if (offer !== undefined) return offer;
  const crossed = results.map(({ periods }, at) => {
    const period = periods.at(-1);
    const facts =
      period === undefined ? [] : factsOf({ periods: [period] }).filter((fact) => fact.path === other);
    return { value: values[at]?.value ?? null, total: period?.total ?? 0, facts };
  });
  const columns = [
    ...new Map(
      crossed.flatMap(({ facts }) => facts).map((fact) => [JSON.stringify(fact.value), fact]),
    ).values(),
  ];
  if (columns.length === 0)
    return html`<p>Nobody reported both, ${periodText(choice.period, last.firstDay)}.</p>`;
  const shown = columns.slice(0, crossSize);
  return html`<div class="scroll">
    <table>
      <caption>
        Of the installations in each row, how many have the value of the column,
        ${periodText(choice.period, last.firstDay)}${isOver(last, choice) ? '' : ' (so far)'}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="path">${breakable(one)}</span> by <span class="path">${breakable(other)}</span>
          </th>
          ${shown.map((fact) => html`<th scope="col" class="number">${valueName(fact)}</th>`)}
          <th scope="col" class="number">All</th>
        </tr>
      </thead>
      <tbody>
        ${crossed.map(
          ({ value, total, facts }) =>
            html`<tr>
              <th scope="row" class="value">${valueName({ value })}</th>
              ${shown.map((column) => {
                const count = facts.find((fact) => fact.value === column.value)?.counts[0] ?? 0;
                return html`<td class="number">
                  ${shareText(count, total)} <small>${countText(count)}</small>
                </td>`;
              })}
              <td class="number">${countText(total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
