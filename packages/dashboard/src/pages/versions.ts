import { html } from 'hono/html';
import { stackChart } from '../charts/stack-chart.js';
import { type Choice, isOver, searchOf } from '../choice.js';
import type { PageCount } from '../counts/page-counts.js';
import { mostUsed, versionShares } from '../counts/versions.js';
import type { Html } from '../view/html.js';
import { offerReading } from '../view/reading.js';
import { periodName } from '../view/period-name.js';
import { chartTable, rankingTable } from '../view/tables.js';
import { counted, countText, periodText, shareText } from '../view/text.js';

/** How many versions are shown separately, as many as there are distinguishable colours. */
const shownVersions = 7;
/** How many versions a page lists. */
const listedVersions = 200;

/** Which versions run, over time and in the last period; `uptake` stands below. */
export function versionsSection(
  result: PageCount,
  choice: Choice,
  search: URLSearchParams,
  uptake: Html | undefined,
): Html {
  const last = result.periods.findLast((one) => isOver(one, choice)) ?? result.periods.at(-1);
  if (last === undefined) return html``;
  const offer = offerReading([result], search, '#versions');
  if (offer !== undefined) {
    return html`<section aria-labelledby="versions">
      <h2 id="versions">Versions</h2>
      ${offer}
    </section>`;
  }
  const all = versionShares(result, choice.byMinor);
  const shown = mostUsed(all, shownVersions);
  const layers = shown.map((share, at) => ({
    ...share,
    colour: at < shownVersions ? `colour-${at}` : 'colour-other',
  }));
  const totals = new Map(result.periods.map(({ firstDay, total }) => [firstDay, total]));
  const courseOf = (counts: ReadonlyMap<string, number>): number[] =>
    result.periods
      .filter(({ firstDay }) => firstDay <= last.firstDay)
      .map(({ firstDay, total }) => (total === 0 ? 0 : (counts.get(firstDay) ?? 0) / total));
  const table = (
    shares: readonly { name: string; counts: ReadonlyMap<string, number>; colour?: string }[],
  ): Html =>
    rankingTable({
      caption: `Shares of ${counted(last.total, 'installation')}, ${periodText(choice.period, last.firstDay)}; change in percentage points`,
      heading: 'Version',
      total: last.total,
      rows: shares.map(({ name, counts, colour }) => ({
        name: html`${colour === undefined ? '' : swatch(colour)}<bdi>${short(name)}</bdi>`,
        count: counts.get(last.firstDay) ?? 0,
        course: courseOf(counts),
      })),
    });
  return html`<section aria-labelledby="versions">
    <h2 id="versions">Versions</h2>
    <p class="lead">
      <a href="${searchOf(choice, { byMinor: !choice.byMinor })}#versions"
        >${choice.byMinor ? 'Show each version' : 'Group by minor release'}</a
      >
    </p>
    ${stackChart({
      period: choice.period,
      layers,
      totals,
      label: `Share of each ${choice.period}'s installations by version. The table has the numbers.`,
      title: (firstDay, layer, count, total) =>
        `${periodText(choice.period, firstDay)}, ${short(layer.name)}: ${shareText(count, total)} of ${countText(total)}`,
    })}
    ${chartTable({
      heading: 'Period (UTC)',
      label: 'Versions over time',
      columns: layers.map(({ name }) => html`<bdi>${short(name)}</bdi>`),
      rows: result.periods.map((one) => ({
        name: periodName(one, choice),
        cells: layers.map(({ counts }) => shareText(counts.get(one.firstDay) ?? 0, one.total)),
      })),
    })}
    ${table(layers)}
    ${
      all.length > shown.length
        ? html`<details>
            <summary>All ${countText(all.length)} versions</summary>
            ${table(all.slice(0, listedVersions))}
            ${
              all.length > listedVersions
                ? html`<p class="note">
                    ${countText(all.length - listedVersions)} older versions are not listed.
                  </p>`
                : ''
            }
          </details>`
        : ''
    }
    ${uptake ?? ''}
  </section>`;
}

/** A version cut to the length that a page has room for. */
export function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

function swatch(colour: string): Html {
  return html`<svg class="swatch" aria-hidden="true" width="12" height="12">
    <rect class="${colour}" width="12" height="12" />
  </svg>`;
}
