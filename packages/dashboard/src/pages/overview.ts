import { addDays, type CountResult, firstDayOf, type Period } from '@candor/protocol';
import { html } from 'hono/html';
import { barChart } from '../charts/bar-chart.js';
import { countAxis } from '../charts/figure.js';
import { type Choice, isOver, periodsBefore, queryOf } from '../choice.js';
import { atLeastBusiestDay } from '../counts/busiest-day.js';
import { countPath } from '../counts/counts.js';
import type { PageCount } from '../counts/page-counts.js';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { periodName } from '../view/period-name.js';
import { chartTable } from '../view/tables.js';
import { counted, countText, dayText, periodText } from '../view/text.js';
import { agesSection } from './ages.js';
import type { Page, PageContext } from './page.js';
import { newestTile, uptakeTable } from './uptake.js';
import { versionsSection } from './versions.js';

/** Returns the first page of a product: how many installations there are, which versions run, and how old they are. */
export async function overview({ choice, counts, search, downloads, products }: PageContext): Promise<Page> {
  const { product, period, from, to, today } = choice;
  const since = products.find((one) => one.product === product)?.firstDay ?? from;
  // The last period of the range may end after today.
  const last = to < today ? to : today;
  const recent = (unit: Period): Promise<PageCount> =>
    counts.count(queryOf(choice, { period: unit, from: periodsBefore(unit, last, 2), to: last }));
  const [firsts, days, versions, ages, changed, reports, day, week, month, daily] = await Promise.all([
    counts.count(queryOf(choice)),
    counts.count(queryOf(choice, { period: 'day' })),
    counts.count(queryOf(choice, { by: 'version' })),
    counts.count(queryOf(choice, { by: 'age' })),
    counts.count(queryOf(choice, { period: 'day', by: 'changed' })),
    counts.count(queryOf(choice, { period: 'day', unit: 'reports', where: [] })),
    recent('day'),
    recent('week'),
    recent('month'),
    counts.count(queryOf(choice, { period: 'day', by: 'version', from: addDays(last, -90), to: last })),
  ]);
  // Conditions are about a report's own facts, so only totals without conditions can be raised.
  const raised = (unit: Period, result: PageCount, by: CountResult): PageCount =>
    choice.where.length === 0 ? { ...result, ...atLeastBusiestDay(unit, result, by) } : result;
  const offer = offerReading([firsts], search);
  if (offer !== undefined) return { title: product, content: html`<section>${offer}</section>` };
  const active = raised(period, firsts, days);
  if (active.periods.length === 0) return { title: product, content: nothingHere(choice) };
  const silent = silentDays(reports, choice);
  const content = html`<section aria-labelledby="active">
      <h2 id="active">Active installations</h2>
      <dl class="tiles">
        ${tile('day', day, choice, since)}${tile('week', raised('week', week, daily), choice, since)}${tile('month', raised('month', month, daily), choice, since)}${daily.unread > 0 ? '' : newestTile(daily, choice)}
      </dl>
      ${activeChart(active, choice, silent)}
      ${
        active.periods.some((one) => !isOver(one, choice))
          ? html`<p class="note">The faint bar is a ${period} that is not over.</p>`
          : ''
      }
      ${
        silent.size === 0
          ? ''
          : html`<p class="note">
              No report arrived on ${counted(silent.size, 'day')} of the range
              (${[...silent]
                .slice(0, 6)
                .map((one) => dayText(one, 'short'))
                .join(', ')}${silent.size > 6 ? ', …' : ''}):
              the collector was probably down.
            </p>`
      }
      ${activeTable(active, choice)}
      <p class="note">
        Each installation says itself whether a report is its first of the day, ISO week or month (UTC). Weeks
        and months are counted from those first reports and never by adding up days; after an outage that took
        them, a week or month counts what its busiest day shows.
      </p>
    </section>
    ${versionsSection(versions, choice, search, daily.unread > 0 ? undefined : uptakeTable(daily, choice))}
    ${agesSection(active, ages, changed, choice, search)}
    ${
      downloads
        ? html`<p class="note">
            As data: <a href=".${countPath(queryOf(choice), 'csv')}">installations</a>,
            <a href=".${countPath(queryOf(choice, { by: 'version' }), 'csv')}">versions</a>,
            <a href=".${countPath(queryOf(choice, { by: 'path', from: firstDayOf(period, to) }), 'csv')}"
              >everything exported</a
            >
            (CSV).
          </p>`
        : ''
    }`;
  return { title: `${product}, ${dayText(from)} to ${dayText(to)}`, content };
}

/** Returns the text in place of numbers if no installation meets the conditions. */
export function nothingHere(choice: Choice): Html {
  return html`<section>
    <h2>No reports here</h2>
    <p>
      No installation of ${choice.product} reported from ${dayText(choice.from)} to
      ${dayText(choice.to)}${choice.where.length > 0 ? ' and meets these conditions' : ''}.
      ${
        choice.period === 'day'
          ? ''
          : html`Reports in a format that says nothing of weeks and months are counted by day:
              <a href="?${new URLSearchParams({ product: choice.product, period: 'day' }).toString()}"
                >show days</a
              >.`
      }
      <a href="?${new URLSearchParams({ product: choice.product }).toString()}"
        >Show the last 12 weeks with reports</a
      >
    </p>
  </section>`;
}

/** `since` is the day of the product's first report: before it, nothing could be counted. */
function tile(period: Period, { periods, unread }: PageCount, choice: Choice, since: string): Html {
  const over = periods.filter((one) => isOver(one, choice));
  const [last, before] = [over.at(-1) ?? periods.at(-1), over.at(-2)];
  if (last === undefined || unread > 0) return html``;
  const change =
    before === undefined || before.total === 0 || before.firstDay < since
      ? undefined
      : (last.total - before.total) / before.total;
  return html`<div>
    <dt>In a ${period}</dt>
    <dd>
      <strong>${countText(last.total)}</strong>
      <span>${periodText(period, last.firstDay)}${isOver(last, choice) ? '' : ', so far'}</span>
      ${last.firstDay < since ? html`<span>reports began on ${dayText(since, 'short')}</span>` : ''}
      ${
        change === undefined
          ? ''
          : html`<span
              >${change >= 0 ? '+' : '−'}${Math.abs(100 * change).toFixed(1)}% on the ${period} before</span
            >`
      }
    </dd>
  </div>`;
}

/** Returns the days without reports between the first and the last report of the range. */
function silentDays({ periods }: CountResult, choice: Choice): Set<string> {
  const known = new Set(periods.filter(({ total }) => total > 0).map(({ firstDay }) => firstDay));
  const [first, last] = [periods[0]?.firstDay, periods.at(-1)?.lastDay];
  const silent = new Set<string>();
  if (first === undefined || last === undefined) return silent;
  for (let day = first; day <= last && day < choice.today; day = addDays(day, 1)) {
    if (!known.has(day)) silent.add(day);
  }
  return silent;
}

function activeChart(active: CountResult, choice: Choice, silent: ReadonlySet<string>): Html {
  const { period } = choice;
  const known = new Map(active.periods.map((one) => [one.firstDay, one]));
  const first = active.periods[0]?.firstDay ?? choice.from;
  const bars = firstDaysOf(period, first, choice.to < choice.today ? choice.to : choice.today).map(
    (firstDay) => {
      const one = known.get(firstDay);
      const isSilent = one === undefined || (period === 'day' && silent.has(firstDay));
      const hasExpired = one?.complete === false;
      const partial = one !== undefined && !isOver(one, choice);
      return {
        firstDay,
        value: isSilent || hasExpired ? null : one.total,
        title: isSilent
          ? `${periodText(period, firstDay)}: no reports arrived`
          : hasExpired
            ? `${periodText(period, firstDay)}: reports have expired`
            : `${periodText(period, firstDay)}: ${counted(one.total, 'installation')}${partial ? ' so far' : ''}`,
        partial,
      };
    },
  );
  const values = active.periods.map(({ total }) => total);
  return barChart(
    period,
    bars,
    countAxis(Math.max(...values), 'installations'),
    `Active installations in each ${period}, between ${countText(Math.min(...values))} and ${countText(Math.max(...values))}. The table has the numbers.`,
  );
}

function firstDaysOf(period: Period, from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to;) {
    days.push(day);
    day = firstDayOf(period, addDays(day, period === 'month' ? 31 : period === 'week' ? 7 : 1));
  }
  return days;
}

function activeTable({ periods }: CountResult, choice: Choice): Html {
  const hasConfigurations = periods.some(({ configurations }) => configurations !== null);
  return chartTable({
    heading: 'Period (UTC)',
    label: 'Active installations',
    columns: [html`Installations`, ...(hasConfigurations ? [html`Distinct configurations`] : [])],
    rows: periods.map((one) => ({
      name: periodName(one, choice),
      cells: [
        countText(one.total),
        ...(hasConfigurations ? [one.configurations === null ? '–' : countText(one.configurations)] : []),
      ],
    })),
  });
}
