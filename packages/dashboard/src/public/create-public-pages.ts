import { addDays, toCsv } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import { html } from 'hono/html';
import { Hono } from 'hono';
import { type Bar, barChart } from '../charts/bar-chart.js';
import { countAxis } from '../charts/figure.js';
import type { Html } from '../view/html.js';
import { document, plainPage } from '../view/layout.js';
import { pageHeaders } from '../view/page-headers.js';
import { chartTable, rankingTable } from '../view/tables.js';
import { breakable, counted, countText, dayText, periodText } from '../view/text.js';
import type { PublicArchive } from './archive.js';
import { defaultPublicRules, type PublicRules, type PublicWeek, thresholdOf } from './table.js';

/** Options of `createPublicPages`. */
export interface PublicPagesOptions {
  readonly archive: PublicArchive;
  /** The products whose maintainers enabled publishing; others are not found. */
  readonly products: readonly string[];
  readonly rules?: PublicRules | undefined;
  /** Returns the field list of a product if it is public too: the page links it and takes its headings from it. */
  readonly fields?: ((product: string) => FieldList | undefined) | undefined;
  /** The licence of the data, an SPDX identifier. */
  readonly licence?: string | undefined;
}

/**
 * Creates the public pages, as a Hono app: `/public/:product`, also as `.json` and `.csv`.
 *
 * They are made from the archive only. No header of a request changes them, so everybody gets the same bytes.
 */
export function createPublicPages(options: PublicPagesOptions): Hono {
  const { archive, products, rules = defaultPublicRules, licence = 'CC0-1.0' } = options;
  const { fields = () => undefined } = options;
  const app = new Hono();
  app.use('/public/*', pageHeaders());
  app.get('/public/:file', async (c) => {
    const { product, format } = readFile(c.req.param('file'));
    if (!products.includes(product)) return c.notFound();
    const weeks = [...(await archive.read(product)).values()].filter((week) => week !== null);
    c.header('Cache-Control', 'public, max-age=3600');
    if (format === 'json') return c.json({ product, licence, weeks });
    if (format === 'csv') {
      return c.body(csvOf(weeks), 200, { 'content-type': 'text/csv; charset=utf-8; header=present' });
    }
    const list = fields(product);
    const note = html`<p class="note">
      As data: <a href="./${product}.json">JSON</a>, <a href="./${product}.csv">CSV</a> (${licence}).
      ${list === undefined ? '' : html`<a href="../collected?product=${product}">What is collected</a>`}
    </p>`;
    return c.html(document({ title: product, content: plainPage(product, page(weeks, rules, note, list)) }));
  });
  return app;
}

function readFile(file: string): { product: string; format: 'html' | 'json' | 'csv' } {
  const match = /^(.*)\.(json|csv)$/.exec(file);
  return match === null
    ? { product: file, format: 'html' }
    : { product: match[1] ?? '', format: match[2] === 'csv' ? 'csv' : 'json' };
}

function page(
  weeks: readonly PublicWeek[],
  rules: PublicRules,
  note: Html,
  list: FieldList | undefined,
): Html {
  const newestFirst = weeks.toSorted((a, b) => (a.firstDay < b.firstDay ? 1 : -1));
  return html`<p class="note">
      Each number is the count of one closed week with noise added, so that no installation can be told from
      it; numbers below ${thresholdOf(rules)} are not shown. The noise was drawn once: what stands here never
      changes.
    </p>
    ${note} ${newestFirst.length === 0 ? html`<section><p>No week has been published yet.</p></section>` : ''}
    ${newestFirst.length > 1 ? courseSection(newestFirst.toReversed()) : ''}
    ${newestFirst.slice(0, 1).map((week) => weekSection(week, list, newestFirst))}
    ${newestFirst.slice(1).map(
      (week) =>
        html`<details>
          <summary>Week of ${dayText(week.firstDay)}, ${counted(week.installations, 'installation')}</summary>
          ${weekSection(week, list)}
        </details>`,
    )}`;
}

/** Returns the published totals over time, the oldest first; a week that was not published is shaded. */
function courseSection(weeks: readonly PublicWeek[]): Html {
  const totals = new Map(weeks.map(({ firstDay, installations }) => [firstDay, installations]));
  const [first = '', last = ''] = [weeks[0]?.firstDay, weeks.at(-1)?.firstDay];
  const bars: Bar[] = [];
  for (let firstDay = first; firstDay <= last; firstDay = addDays(firstDay, 7)) {
    const value = totals.get(firstDay) ?? null;
    const said = value === null ? 'not published' : counted(value, 'installation');
    bars.push({ firstDay, value, title: `${periodText('week', firstDay)}: ${said}`, partial: false });
  }
  const axis = countAxis(Math.max(...totals.values()), 'installations');
  return html`<section aria-labelledby="course">
    <h2 id="course">Active installations by week</h2>
    ${barChart('week', bars, axis, 'Active installations by week, with noise. The table has the numbers.')}
    ${chartTable({
      heading: 'Period (UTC)',
      label: 'Active installations by week',
      columns: [html`Installations`],
      rows: bars.map(({ firstDay, value }) => ({
        name: html`${periodText('week', firstDay)}`,
        cells: [value === null ? '–' : countText(value)],
      })),
    })}
  </section>`;
}

/** The tables of a week; `weeks` are all that were published, the newest first, where rows show their course. */
function weekSection(week: PublicWeek, list: FieldList | undefined, weeks: readonly PublicWeek[] = []): Html {
  return html`<section>
    <h2>Week of ${dayText(week.firstDay)}: ${counted(week.installations, 'installation')}</h2>
    ${week.tables
      .filter(({ rows }) => rows.length > 0)
      .map(
        ({ title, rows }) =>
          html`${tableHeading(title, list)}
          ${rankingTable({
            caption: `Shares of ${counted(week.installations, 'installation')}`,
            heading: 'Name',
            total: week.installations,
            rows: rows.map(({ name, count }) => ({
              name: breakable(name),
              count,
              course: courseOf(title, name, weeks),
            })),
          })}`,
      )}
    <p class="note">
      Privacy loss of one installation in this week: ε is at most ${week.epsilonSpent}, 1 for each number that
      counts it. Weeks add up for those who take part in several.
    </p>
  </section>`;
}

/** Headed by what the field list says of a path, where it does. */
function tableHeading(title: string, list: FieldList | undefined): Html {
  const description = list?.fields.find(({ path }) => path === title)?.description;
  if (description === undefined) return html`<h3><bdi>${title}</bdi></h3>`;
  return html`<h3>
    <bdi>${description.replace(/\.$/, '')}</bdi> <code><bdi>${title}</bdi></code>
  </h3>`;
}

/** The shares of a row in all published weeks, the oldest first; none where one week does not show it. */
function courseOf(title: string, name: string, newestFirst: readonly PublicWeek[]): number[] | undefined {
  const shares = newestFirst.toReversed().flatMap(({ installations, tables }) => {
    const rows = tables.find((table) => table.title === title)?.rows;
    const row = rows?.find((one) => one.name === name);
    return row === undefined ? [] : [row.count / installations];
  });
  return shares.length === newestFirst.length ? shares : undefined;
}

function csvOf(weeks: readonly PublicWeek[]): string {
  const rows = weeks.flatMap(({ firstDay, installations, tables }) => [
    [firstDay, 'Installations', '', installations],
    ...tables.flatMap(({ title, rows }) => rows.map(({ name, count }) => [firstDay, title, name, count])),
  ]);
  return toCsv([['week', 'table', 'name', 'installations'], ...rows]);
}
