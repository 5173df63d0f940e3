import {
  type Condition,
  type Count,
  type CountPeriod,
  type CountResult,
  type FactValue,
} from '@candor/protocol';
import { html } from 'hono/html';
import { barChart } from '../charts/bar-chart.js';
import { shareAxis } from '../charts/figure.js';
import { shareBar } from '../charts/share-bar.js';
import { type Choice, isOver, queryOf, searchOf } from '../choice.js';
import { type Fact, factsOf, sharesOf } from '../counts/facts.js';
import { quantile, type WeightedNumber } from '../counts/quantiles.js';
import type { PageCount } from '../counts/page-counts.js';
import { versionShares } from '../counts/versions.js';
import { DashboardError } from '../dashboard-error.js';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { chartTable, rankingTable } from '../view/tables.js';
import { breakable, counted, countText, periodText, shareText, valueText, valueName } from '../view/text.js';
import { companions, expired } from './companions.js';
import { nothingHere } from './overview.js';
import type { Page, PageContext } from './page.js';

/** How many values and versions are listed. */
const listed = 60;
/** How many values of a field are queried one by one. */
const mostValues = 12;

/** Returns the page of one field: adoption over time, values, versions, what it occurs with. */
export async function field(context: PageContext): Promise<Page> {
  const { choice, counts, info, search } = context;
  const path = search.get('path');
  if (path === null || path === '') throw new DashboardError('ERR_RANGE', '"path" must name a field.');
  const withField = { where: [...choice.where, { path }] };
  const over = await counts.count(queryOf(choice, { by: 'path', path }));
  const title = `${path} in ${choice.product}`;
  const offer = offerReading([over], search);
  if (offer !== undefined) return { title, content: html`<section>${offer}</section>` };
  const closed = over.periods.filter((one) => isOver(one, choice));
  const periods = closed.length > 0 ? closed : over.periods;
  const last = periods.at(-1);
  if (last === undefined) return { title, content: nothingHere(choice) };
  const own = factsOf({ periods }).filter((fact) => fact.path === path);
  const values = own.filter((fact) => (fact.counts.at(-1) ?? 0) > 0).map(({ value }) => value);
  const across = await acrossFields(context, path, last, values);
  const holders = holdersOf(own, periods);
  const known = info.fields?.fields.find((one) => one.path === path);
  const content = html`<section aria-labelledby="field">
      <h2 id="field" class="path">${breakable(path)}</h2>
      <p class="lead">${known?.description ?? ''} ${known?.why ?? ''}</p>
      <p>
        ${verdict(holders, periods, choice)}
        <a href="./explore${searchOf(choice, withField)}">Look at those installations only</a> ·
        <a href="./field.svg${searchOf(choice, {}, { path })}">as an image, for a pull request or a README</a>
      </p>
      ${barChart(
        choice.period,
        periods.map(({ firstDay, total }, at) => ({
          firstDay,
          value: (holders[at] ?? 0) / Math.max(1, total),
          title: `${periodText(choice.period, firstDay)}: ${shareText(holders[at] ?? 0, total)} of ${countText(total)}`,
          partial: false,
        })),
        shareAxis(Math.max(...periods.map(({ total }, at) => (holders[at] ?? 0) / Math.max(1, total)))),
        `Share of installations that report ${path}, by ${choice.period}. The table has the numbers.`,
      )}
      ${chartTable({
        heading: 'Period (UTC)',
        label: 'Adoption over time',
        columns: [html`Share`, html`Installations`],
        rows: periods.map(({ firstDay, total }, at) => ({
          name: html`${periodText(choice.period, firstDay)}`,
          cells: [
            shareText(holders[at] ?? 0, total),
            `${countText(holders[at] ?? 0)} of ${countText(total)}`,
          ],
        })),
      })}
      ${
        // Of a section its presence is all that there is.
        own.every(({ value }) => value === true) ? '' : valuesTable(own, periods, last, choice)
      }${numbersNote(own)}
    </section>
    ${across}`;
  return { title, content };
}

/** Returns the versions of the installations that report the field, and what else they report, in one period. */
async function acrossFields(
  { choice, counts, search }: PageContext,
  path: string,
  last: CountPeriod,
  values: readonly FactValue[],
): Promise<Html> {
  const recent: Choice = { ...choice, from: last.firstDay, to: last.lastDay };
  const count = (by: 'version' | 'path', condition: Condition, times = 1): Promise<PageCount> =>
    counts.count(queryOf(recent, { by, where: [...choice.where, condition] }), times);
  // Crosses are stored by value. Below a `*` an installation can have several values.
  const hasOneValue = !path.split('.').includes('*') && values.length <= mostValues;
  const conditions = hasOneValue ? values.map((value) => ({ path, value })) : [{ path }];
  const [versions, versionsOfAll, all, ...parts] = await Promise.all([
    count('version', { path }),
    counts.count(queryOf(recent, { by: 'version' })),
    counts.count(queryOf(recent, { by: 'path' })),
    ...conditions.map((condition) => count('path', condition, conditions.length)),
  ]);
  return html`<section aria-labelledby="by-version">
      <h2 id="by-version">By version</h2>
      ${
        offerReading([versions, versionsOfAll], search, '#by-version') ??
        byVersion(versions.periods.at(-1), versionsOfAll.periods.at(-1), choice)
      }
    </section>
    <section aria-labelledby="with">
      <h2 id="with">What it occurs with</h2>
      ${offerReading([all, ...parts], search, '#with') ?? companions(sumOfParts(parts), all.periods.at(-1), path, choice)}
    </section>`;
}

/** Adds up results for one period whose installations do not overlap. */
function sumOfParts(parts: readonly CountResult[]): CountPeriod | undefined {
  const [first, ...others] = parts.flatMap(({ periods }) => periods.slice(-1));
  if (first === undefined) return undefined;
  const sum = others.reduce(
    (all, part) => ({
      ...all,
      total: all.total + part.total,
      complete: all.complete && part.complete,
      counts: [...all.counts, ...part.counts],
    }),
    first,
  );
  const facts = new Map<string, Count>();
  for (const { count, ...fact } of sum.counts) {
    const key = JSON.stringify(fact);
    facts.set(key, { ...fact, count: (facts.get(key)?.count ?? 0) + count } as Count);
  }
  return { ...sum, counts: [...facts.values()] };
}

/**
 * Returns how many installations report the field in each period: for a section its presence, else the sum over its
 * values.
 */
export function holdersOf(own: readonly Fact[], periods: readonly CountPeriod[]): number[] {
  return periods.map(({ total }, at) => {
    const sum = own.reduce((count, fact) => count + (fact.counts[at] ?? 0), 0);
    // One installation can report several values of a member of a map or list.
    return Math.min(sum, total);
  });
}

function verdict(holders: readonly number[], periods: readonly CountPeriod[], choice: Choice): Html {
  const [last, before] = [periods.at(-1), periods.at(-2)];
  if (last === undefined) return html``;
  return html`${shareText(holders.at(-1) ?? 0, last.total)} of ${counted(last.total, 'installation')} report
  it,
  ${periodText(choice.period, last.firstDay)}${
    before === undefined
      ? ''
      : `; ${shareText(holders.at(-2) ?? 0, before.total)} of ${countText(before.total)} ${choice.period === 'day' ? 'on' : 'in'} the ${choice.period} before`
  }.`;
}

function valuesTable(
  own: readonly Fact[],
  periods: readonly CountPeriod[],
  last: CountPeriod,
  choice: Choice,
): Html {
  return rankingTable({
    caption: `Values, as shares of ${counted(last.total, 'installation')}, ${periodText(choice.period, last.firstDay)}; change in percentage points`,
    heading: 'Value',
    total: last.total,
    rows: own.slice(0, listed).map((fact) => ({
      name: valueName(fact),
      count: fact.counts.at(-1) ?? 0,
      course: sharesOf(fact, periods),
    })),
  });
}

function numbersNote(own: readonly Fact[]): Html {
  const numbers = own.flatMap(({ value, counts }): WeightedNumber[] =>
    typeof value === 'number' ? [{ value, count: counts.at(-1) ?? 0 }] : [],
  );
  const [low, middle, high] = [0.05, 0.5, 0.95].map((at) => quantile(numbers, at));
  if (low === undefined || numbers.length < 3) return html``;
  return html`<p class="note">
    Of the numbers, 5% are at most ${valueText(low)}, half at most ${valueText(middle)}, and 95% at most
    ${valueText(high)}.
  </p>`;
}

/** Returns the installations of one period by minor release, the newest first. */
function countsByMinor(period: CountPeriod): ReadonlyMap<string, number> {
  const shares = versionShares({ periods: [period] }, true);
  return new Map(shares.map(({ name, counts }) => [name, counts.get(period.firstDay) ?? 0]));
}

function byVersion(withField: CountPeriod | undefined, all: CountPeriod | undefined, choice: Choice): Html {
  if (withField === undefined || all === undefined) return html`<p>Nobody reported it lately.</p>`;
  if (!withField.complete) return html`<p>${expired}</p>`;
  const [totals, used] = [countsByMinor(all), countsByMinor(withField)];
  return html`<div class="scroll">
    <table>
      <caption>
        Installations that report it, of all of each minor release, ${periodText(choice.period, all.firstDay)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <td class="bar-column"></td>
          <th scope="col" class="number">Share</th>
          <th scope="col" class="number">Installations</th>
        </tr>
      </thead>
      <tbody>
        ${[...totals].slice(0, listed).map(
          ([name, total]) =>
            html`<tr>
              <th scope="row" class="value"><bdi>${name}</bdi></th>
              <td class="bar-column">${shareBar((used.get(name) ?? 0) / Math.max(1, total))}</td>
              <td class="number">${shareText(used.get(name) ?? 0, total)}</td>
              <td class="number">${countText(used.get(name) ?? 0)} of ${countText(total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
