import type { ActiveResponse } from '@candor/protocol';
import { html } from 'hono/html';
import { dayText } from '../calendar.js';
import { barChart } from '../chart/bar-chart.js';
import { shareBar } from '../chart/share-bar.js';
import type { Choice } from '../choice.js';
import { monthsOf, type Period, weeksOf } from '../numbers/periods.js';
import type { Html } from './html.js';
import { counted, countText } from './text.js';

/** Active installations by day, week and month. */
export function activeSection(answer: ActiveResponse['days'], choice: Choice, today: string): Html {
  const days = answer.filter(({ day }) => day >= choice.from);
  const weeks = weeksOf(answer, choice.from, choice.to, today);
  const months = monthsOf(answer, choice.from, choice.to, today);
  const last = days.at(-1);
  const lastDay = {
    name: last === undefined ? '' : dayText(last.day),
    installations: last?.firstOfDay ?? 0,
    complete: last !== undefined && last.day < today,
  };
  return html`<section aria-labelledby="active">
    <h2 id="active">Active installations</h2>
    <dl class="tiles">
      ${tile('day', lastDay, days.at(-2)?.firstOfDay)}
      ${tile('week', weeks.at(-1), weeks.at(-2)?.installations)}
      ${tile('month', months.at(-1), months.at(-2)?.installations)}
    </dl>
    ${chart(days, today)}
    <div class="columns">${periodTable('By week', weeks)}${periodTable('By month', months)}</div>
    <details>
      <summary>By day, as a table</summary>
      ${dayTable(days, today)}
    </details>
    <p class="note">
      Each installation says itself whether a report is its first of the day, ISO week or month (UTC). Weeks
      and months are counted from those first reports, not by adding up days.
    </p>
  </section>`;
}

function tile(
  unit: 'day' | 'week' | 'month',
  now: { name: string; installations: number; complete: boolean } | undefined,
  before: number | undefined,
): Html {
  if (now === undefined) return html``;
  return html`<div>
    <dt>In a ${unit}</dt>
    <dd>
      <strong>${countText(now.installations)}</strong>
      <span>${now.name}${now.complete ? '' : ', so far'}</span>
      ${before === undefined ? '' : html`<span>${countText(before)} the ${unit} before</span>`}
    </dd>
  </div>`;
}

function chart(days: ActiveResponse['days'], today: string): Html {
  const bars = days.map(({ day, firstOfDay }) => ({
    day,
    value: firstOfDay,
    title: `${dayText(day)}: ${counted(firstOfDay, 'installation')}${day < today ? '' : ' so far'}`,
    partial: day >= today,
  }));
  const values = days.map((day) => day.firstOfDay);
  const range = `between ${countText(Math.min(...values))} and ${countText(Math.max(...values))}`;
  return barChart(
    bars,
    `Active installations on each of ${days.length} days, ${range}. The table has the numbers.`,
  );
}

function periodTable(caption: string, periods: readonly Period[]): Html {
  const most = Math.max(1, ...periods.map((period) => period.installations));
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col" class="number">Installations</th>
          <td class="bar-column"></td>
        </tr>
      </thead>
      <tbody>
        ${periods.map(
          ({ name, installations, complete }) =>
            html`<tr>
              <th scope="row">${name}${complete ? '' : html` <small>so far</small>`}</th>
              <td class="number">${countText(installations)}</td>
              <td class="bar-column">${shareBar(installations / most)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function dayTable(days: ActiveResponse['days'], today: string): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Day (UTC)</th>
          <th scope="col" class="number">Installations</th>
          <th scope="col" class="number">Reports</th>
        </tr>
      </thead>
      <tbody>
        ${days.toReversed().map(
          ({ day, firstOfDay, reports }) =>
            html`<tr>
              <th scope="row">${dayText(day)}${day < today ? '' : html` <small>so far</small>`}</th>
              <td class="number">${countText(firstOfDay)}</td>
              <td class="number">${countText(reports)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
