import type { VersionsResponse } from '@candor/protocol';
import { html } from 'hono/html';
import { dayText } from '../calendar.js';
import { shareBar } from '../chart/share-bar.js';
import { stackChart } from '../chart/stack-chart.js';
import { type VersionShare, type VersionShares, versionShares } from '../numbers/version-shares.js';
import type { Html } from './html.js';
import { countText, shareText } from './text.js';

/** As many as colours can be told apart. */
const shownVersions = 7;
/** A sender can make up versions without end; a page cannot list them without end. */
const listedVersions = 200;

/** Which versions run, over time and in sum. `days` are the days of the range. */
export function versionsSection(rows: VersionsResponse['versions'], days: readonly string[]): Html {
  const shares = versionShares(rows, shownVersions);
  const lastDay = days.findLast((day) => shares.totalByDay.has(day));
  if (lastDay === undefined) return html``;
  const layers = shares.shown.map((share, index) => ({
    ...share,
    name: name(share, shares),
    colour: share.version === undefined ? 'colour-other' : `colour-${index}`,
  }));
  const table = versionTable(shares, lastDay, layers);
  return html`<section aria-labelledby="versions">
    <h2 id="versions">Versions over time</h2>
    ${stackChart({
      days,
      layers,
      totalByDay: shares.totalByDay,
      label: "Share of each day's reports by version. The table has the numbers.",
      title: (day, layer, count, total) =>
        `${dayText(day)}, ${layer.name}: ${shareText(count, total)} (${countText(count)} of ${countText(total)} reports)`,
    })}
    ${table}${shares.all.length > shares.shown.length ? allVersions(shares, lastDay) : ''}
  </section>`;
}

function allVersions(shares: VersionShares, lastDay: string): Html {
  const listed = shares.all
    .slice(0, listedVersions)
    .map((share) => ({ ...share, name: name(share, shares) }));
  const unlisted = shares.all.length - listed.length;
  return html`<details>
    <summary>All ${countText(shares.all.length)} versions</summary>
    ${versionTable(shares, lastDay, listed)}
    ${unlisted > 0 ? html`<p class="note">${countText(unlisted)} older versions are not listed.</p>` : ''}
  </details>`;
}

type Row = VersionShare & { readonly name: string; readonly colour?: string };

function versionTable(shares: VersionShares, lastDay: string, rows: readonly Row[]): Html {
  const onLastDay = shares.totalByDay.get(lastDay) ?? 0;
  return html`<div class="scroll">
    <table>
      <caption>
        Shares of ${countText(shares.total)} reports in the range, and of ${countText(onLastDay)} on
        ${dayText(lastDay)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <td class="bar-column"></td>
          <th scope="col" class="number">Share</th>
          <th scope="col" class="number">Reports</th>
          <th scope="col" class="number">${dayText(lastDay, 'short')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, colour, count, byDay }) =>
            html`<tr>
              <th scope="row">${colour === undefined ? '' : swatch(colour)}<bdi>${name}</bdi></th>
              <td class="bar-column">${shareBar(count / shares.total)}</td>
              <td class="number">${shareText(count, shares.total)}</td>
              <td class="number">${countText(count)}</td>
              <td class="number">${shareText(byDay.get(lastDay) ?? 0, onLastDay)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function name(share: VersionShare, { all, shown }: VersionShares): string {
  if (share.version === undefined) return `${countText(all.length - shown.length + 1)} other versions`;
  return share.version.length > 60 ? `${share.version.slice(0, 60)}…` : share.version;
}

function swatch(colour: string): Html {
  return html`<svg class="swatch" aria-hidden="true" width="12" height="12">
    <rect class="${colour}" width="12" height="12" rx="3" />
  </svg>`;
}
