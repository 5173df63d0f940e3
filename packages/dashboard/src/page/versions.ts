import type { VersionsAnswer } from '@candor/protocol';
import { html } from 'hono/html';
import { dayText } from '../calendar.js';
import { type Layer, stackChart } from '../chart/stack-chart.js';
import { type VersionShare, type VersionShares, versionShares } from '../numbers/version-shares.js';
import type { Html } from './html.js';
import { countText, shareText } from './text.js';

/** As many as colours can be told apart. */
const shownVersions = 7;
/** A sender can make up versions without end; a page cannot list them without end. */
const listedVersions = 200;

/** Which versions run, over time and in sum. `days` are the days of the range. */
export function versionsSection(rows: VersionsAnswer['versions'], days: readonly string[]): Html {
  const shares = versionShares(rows, shownVersions);
  const lastDay = days.findLast((day) => shares.totalByDay.has(day));
  const layers = shares.shown.map((share, index) => ({
    ...share,
    colour: colour(share, index),
    name: name(share, shares),
  }));
  return html`<section aria-labelledby="versions">
    <h2 id="versions">Versions over time</h2>
    ${stackChart({
      days,
      layers,
      totalByDay: shares.totalByDay,
      label: `Share of each day's reports by version. The table has the numbers.`,
      title: (day, layer: Layer, count, total) =>
        `${dayText(day)}, ${layer.name}: ${shareText(count, total)} (${countText(count)} of ${countText(total)} reports)`,
    })}
    <div class="scroll">
      <table>
        <caption>
          Shares of ${countText(shares.total)} reports in the
          range${lastDay === undefined ? '' : `, and of ${countText(shares.totalByDay.get(lastDay) ?? 0)} on ${dayText(lastDay)}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" class="number">Reports</th>
            <th scope="col" class="number">Share</th>
            ${lastDay === undefined ? '' : html`<th scope="col" class="number">${dayText(lastDay, 'short')}</th>`}
          </tr>
        </thead>
        <tbody>
          ${layers.map((layer) => row(layer, shares, lastDay, swatch(layer.colour)))}
        </tbody>
      </table>
    </div>
    ${shares.all.length > shares.shown.length ? allVersions(shares, lastDay) : ''}
  </section>`;
}

function allVersions(shares: VersionShares, lastDay: string | undefined): Html {
  const listed = shares.all.slice(0, listedVersions);
  const unlisted = shares.all.length - listed.length;
  return html`<details>
    <summary>All ${countText(shares.all.length)} versions</summary>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" class="number">Reports</th>
            <th scope="col" class="number">Share</th>
            ${lastDay === undefined ? '' : html`<th scope="col" class="number">${dayText(lastDay, 'short')}</th>`}
          </tr>
        </thead>
        <tbody>
          ${listed.map((share) => row({ ...share, name: name(share, shares) }, shares, lastDay))}
        </tbody>
      </table>
    </div>
    ${unlisted > 0 ? html`<p class="note">${countText(unlisted)} older versions are not listed.</p>` : ''}
  </details>`;
}

function row(
  share: VersionShare & { readonly name: string },
  shares: VersionShares,
  lastDay: string | undefined,
  mark: Html | '' = '',
): Html {
  const onLastDay = (day: string): Html =>
    html`<td class="number">${shareText(share.byDay.get(day) ?? 0, shares.totalByDay.get(day) ?? 0)}</td>`;
  return html`<tr>
    <th scope="row">${mark}<bdi>${share.name}</bdi></th>
    <td class="number">${countText(share.count)}</td>
    <td class="number">${shareText(share.count, shares.total)}</td>
    ${lastDay === undefined ? '' : onLastDay(lastDay)}
  </tr>`;
}

function name(share: VersionShare, { all, shown }: VersionShares): string {
  if (share.version === undefined) return `${countText(all.length - shown.length + 1)} other versions`;
  return share.version.length > 60 ? `${share.version.slice(0, 60)}…` : share.version;
}

function colour(share: VersionShare, index: number): string {
  return share.version === undefined ? 'colour-other' : `colour-${index}`;
}

function swatch(colour: string): Html {
  return html`<svg class="swatch" aria-hidden="true" width="12" height="12">
    <rect class="${colour}" width="12" height="12" rx="3" />
  </svg>`;
}
