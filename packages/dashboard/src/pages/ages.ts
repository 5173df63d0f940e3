import type { CountResult } from '@candor/protocol';
import { html } from 'hono/html';
import { type Choice, isOver } from '../choice.js';
import { type Changes, changesOf } from '../counts/changes.js';
import type { PageCount } from '../counts/page-counts.js';
import type { Html } from '../view/html.js';
import { periodName } from '../view/period-name.js';
import { offerReading } from '../view/reading.js';
import { rankingTable } from '../view/tables.js';
import { counted, countText, periodText, shareText } from '../view/text.js';

const ageNames = {
  day: 'under a day (new)',
  week: 'under a week',
  month: 'under 30 days',
  year: 'under a year',
  older: 'a year or more',
} as const;
/** Periods of the table of changes. */
const listedPeriods = 6;

/** How old installations are, and how often their configurations change. `changed` is by day. */
export function agesSection(
  active: CountResult,
  ages: PageCount,
  changed: PageCount,
  choice: Choice,
  search: URLSearchParams,
): Html {
  return html`<section aria-labelledby="ages">
    <h2 id="ages">Ages and changes</h2>
    ${
      offerReading([ages, changed], search, '#ages') ??
      html`<div class="columns">${ageTable(ages, choice)}${changesTable(active, changed, choice)}</div>`
    }
  </section>`;
}

function ageTable({ periods }: CountResult, choice: Choice): Html {
  // The one that is not over, where there is no other.
  const last = periods.findLast((one) => isOver(one, choice)) ?? periods.at(-1);
  if (last === undefined) return html``;
  const rows = Object.entries(ageNames).map(([age, name]) => ({
    name: html`${name}`,
    count: last.counts.find((count) => 'age' in count && count.age === age)?.count ?? 0,
  }));
  return rankingTable({
    caption: `How long ${counted(last.total, 'installation')} have been running, ${periodText(choice.period, last.firstDay)}`,
    heading: 'Age',
    total: last.total,
    rows,
  });
}

function changesTable(active: CountResult, changed: CountResult, choice: Choice): Html {
  const byPeriod = new Map(changesOf(choice.period, changed).map((one) => [one.firstDay, one]));
  const rows = active.periods.toReversed().slice(0, listedPeriods);
  const isByDay = choice.period === 'day';
  return html`<div>
    <div class="scroll" tabindex="0" role="region" aria-label="Changes of configuration">
      <table>
        <caption>
          Changes of configuration from one report to the next
        </caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            <th scope="col" class="number">Changes</th>
            <th scope="col" class="number">Of reports</th>
            ${isByDay ? '' : html`<th scope="col" class="number">Installations</th>`}
          </tr>
        </thead>
        <tbody>
          ${rows.map((one) => {
            const { changes, reports }: Omit<Changes, 'firstDay'> = byPeriod.get(one.firstDay) ?? {
              changes: 0,
              reports: 0,
            };
            return html`<tr>
              <th scope="row">${periodName(one, choice)}</th>
              <td class="number">${countText(changes)}</td>
              <td class="number">${shareText(changes, reports)} <small>of ${countText(reports)}</small></td>
              ${
                isByDay
                  ? ''
                  : html`<td class="number">
                      ${changes > 0 ? '≤ ' : ''}${shareText(Math.min(changes, one.total), one.total)}
                      <small>of ${countText(one.total)}</small>
                    </td>`
              }
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <p class="note">
      A change counts on the day on which an installation reports it, among the reports that could compare.
      ${isByDay ? '' : `Nothing links days, so that of the installations of a ${choice.period} at most so many changed: one that changed on two days is in it twice.`}
    </p>
  </div>`;
}
