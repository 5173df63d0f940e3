import { addDays, type CountPeriod, firstDayOf, type Period } from '@candor/protocol';
import { html } from 'hono/html';
import { type Choice, isOver, periodsBefore, queryOf, readRange, searchOf } from '../choice.js';
import { type Fact, factsOf, withoutEchoes } from '../counts/facts.js';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { breakable, changeText, counted, countText, dayText, shareText, valueName } from '../view/text.js';
import type { PageContext } from './page.js';

/** Comparisons that are often wanted, each a link. */
function usualComparisons(choice: Choice): { name: string; href: string }[] {
  const { today } = choice;
  const days = (from: string, to: string): Pick<Choice, 'from' | 'to'> => ({ from, to });
  const yesterday = addDays(today, -1);
  const month = firstDayOf('month', yesterday);
  const monthBefore = firstDayOf('month', addDays(month, -1));
  const link = (
    name: string,
    period: Period,
    now: Pick<Choice, 'from' | 'to'>,
    before: Pick<Choice, 'from' | 'to'>,
  ): { name: string; href: string } => ({
    name,
    href: `./explore${searchOf(choice, { period, ...now }, { 'other-from': before.from, 'other-to': before.to })}#ranges`,
  });
  const week = firstDayOf('week', today);
  return [
    link(
      'this month, day by day, beside the last',
      'day',
      days(month, yesterday),
      days(monthBefore, addDays(month, -1)),
    ),
    link(
      'the last four weeks beside the four before',
      'week',
      days(addDays(week, -28), addDays(week, -1)),
      days(addDays(week, -56), addDays(week, -29)),
    ),
    link(
      'the last seven days beside the seven before',
      'day',
      days(addDays(today, -7), yesterday),
      days(addDays(today, -14), addDays(today, -8)),
    ),
  ];
}

/** How many rows the comparison has at most. */
const listed = 40;

/**
 * The counts of each value in a range: installations that reported it, of all, summed over the periods that are over.
 */
interface RangeCounts {
  readonly from: string;
  readonly to: string;
  readonly periods: number;
  readonly total: number;
  readonly facts: ReadonlyMap<string, { readonly fact: Fact; readonly count: number }>;
}

/** Returns two ranges that the reader chooses, side by side: what rose or fell the most between them. */
export async function ranges({ choice, counts, search }: PageContext, hidden: Html): Promise<Html> {
  const chosen = readRange(search, choice.period, 'other');
  const usual = {
    from: periodsBefore(choice.period, choice.from, 4),
    to: periodsBefore(choice.period, choice.from, 1),
  };
  const { from, to } = chosen ?? usual;
  return html`<section aria-labelledby="ranges">
    <h2 id="ranges">Two ranges compared</h2>
    <p class="lead">
      ${dayText(choice.from)} to ${dayText(choice.to)}, as chosen above, beside another range. A share is of
      the installations of a ${choice.period}, over all of a range.
    </p>
    <form method="get" action="./explore#ranges" aria-label="Compare with another range">
      ${hidden}
      <label>From <input type="date" name="other-from" value="${from}" required /></label>
      <label>To <input type="date" name="other-to" value="${to}" required /></label>
      <button type="submit">Compare</button>
    </form>
    <p class="note">
      Or
      ${usualComparisons(choice).map(({ name, href }, at) => html`${at === 0 ? '' : ' · '}<a href="${href}">${name}</a>`)}
    </p>
    ${chosen === undefined ? '' : await compared(chosen)}
  </section>`;

  async function compared(other: Pick<Choice, 'from' | 'to'>): Promise<Html> {
    const results = await Promise.all(
      [other, choice].map((range) =>
        counts.count(queryOf({ ...choice, from: range.from, to: range.to }, { by: 'path' })),
      ),
    );
    const [first, second] = [other, choice].map((range, at) =>
      summed(range, results[at]?.periods.filter((period) => isOver(period, choice)) ?? []),
    ) as [RangeCounts, RangeCounts];
    return offerReading(results, search, '#ranges') ?? comparison(first, second, choice);
  }
}

function summed({ from, to }: Pick<Choice, 'from' | 'to'>, periods: readonly CountPeriod[]): RangeCounts {
  const facts = factsOf({ periods }).map((fact) => {
    const count = fact.counts.reduce((sum, one) => sum + one, 0);
    return [`${fact.path}\n${JSON.stringify(fact.value)}`, { fact, count }] as const;
  });
  const total = periods.reduce((sum, period) => sum + period.total, 0);
  return { from, to, periods: periods.length, total, facts: new Map(facts) };
}

function comparison(one: RangeCounts, other: RangeCounts, choice: Choice): Html {
  const empty = [one, other].find(({ total }) => total === 0);
  if (empty !== undefined) {
    return html`<p>
      No installation reported in a ${choice.period} that is over, from ${dayText(empty.from)} to
      ${dayText(empty.to)}.
    </p>`;
  }
  const facts = [...new Map([...one.facts, ...other.facts])].map(([key, { fact }]) => {
    const [first, second] = [one, other].map(({ facts }) => facts.get(key)?.count ?? 0) as [number, number];
    return { path: fact.path, fact, first, second, change: second / other.total - first / one.total };
  });
  const rows = withoutEchoes(facts, ({ first, second }) => [first, second]).toSorted(
    (a, b) => Math.abs(b.change) - Math.abs(a.change),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="ranges">
    <table>
      <caption>
        The ${Math.min(listed, rows.length)} largest of ${countText(rows.length)} changes, in percentage
        points
      </caption>
      <thead>
        <tr>
          <th scope="col">Setting</th>
          ${[one, other].map(
            (range) =>
              html`<th scope="col" class="number">
                ${dayText(range.from, 'short')}–${dayText(range.to, 'short')}
                <small>of ${countText(Math.round(range.total / range.periods))} a ${choice.period}</small>
                <small>${counted(range.periods, choice.period)}</small>
              </th>`,
          )}
          <th scope="col" class="number">Change</th>
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, listed).map(
          ({ fact, first, second, change }) =>
            html`<tr>
              <th scope="row" class="value">
                <a href="./field${searchOf(choice, {}, { path: fact.path })}">${breakable(fact.path)}</a>
                ${fact.value === true ? '' : valueName(fact)}
              </th>
              <td class="number">${shareText(first, one.total)}</td>
              <td class="number">${shareText(second, other.total)}</td>
              <td class="number">${changeText(change, 0)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
