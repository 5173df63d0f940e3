import type { CountResult } from '@candor/protocol';
import { html } from 'hono/html';
import { type Choice, isOver } from '../choice.js';
import { type DayShare, type Uptake, uptakes } from '../counts/uptake.js';
import type { Html } from '../view/html.js';
import { countText, counted, dayText, shareText } from '../view/text.js';
import { short } from './versions.js';

/** Releases listed. */
const listed = 6;
/** Days after the first report of a release at which its share is told. */
const told = [1, 7, 14, 30] as const;

/** How far the newest release has come. `daily` is by version and day. */
export function newestTile(daily: CountResult, choice: Choice): Html {
  const { releases, lastDay } = closed(daily, choice);
  const newest = releases.find(({ last }) => last.count > 0);
  if (newest === undefined) return html``;
  const { last, minor, firstSeen, daysToHalf } = newest;
  return html`<div>
    <dt>On the newest release, <bdi>${short(newest.name)}</bdi></dt>
    <dd>
      <strong>${shareText(last.count, last.total)}</strong>
      <span>of ${counted(last.total, 'installation')} on ${dayText(lastDay, 'short')}</span>
      ${
        firstSeen === undefined
          ? ''
          : html`<span
              >first seen on
              ${dayText(firstSeen, 'short')}${daysToHalf === undefined ? '' : `, half of all after ${counted(daysToHalf, 'day')}`}</span
            >`
      }
      ${
        minor.count === last.count
          ? ''
          : html`<span>${shareText(minor.count, minor.total)} on any <bdi>${minor.name}</bdi></span>`
      }
    </dd>
  </div>`;
}

/** How fast the releases of the last 90 days were taken up. */
export function uptakeTable(daily: CountResult, choice: Choice): Html {
  const { releases, lastDay } = closed(daily, choice);
  const fresh = releases.filter(({ firstSeen }) => firstSeen !== undefined).slice(0, listed);
  if (fresh.length === 0) return html``;
  return html`<h3 id="uptake">How fast releases were taken up</h3>
    <p class="note">Share of all installations of a day, so many days after a release was first seen.</p>
    <div class="scroll periods" tabindex="0" role="region" aria-labelledby="uptake">
      <table>
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col" class="number">First seen</th>
            ${told.map((days) => html`<th scope="col" class="number">After ${counted(days, 'day')}</th>`)}
            <th scope="col" class="number">On ${dayText(lastDay, 'short')}</th>
          </tr>
        </thead>
        <tbody>
          ${fresh.map((release) => uptakeRow(release))}
        </tbody>
      </table>
    </div>`;
}

function uptakeRow({ name, firstSeen = '', last, after }: Uptake): Html {
  return html`<tr>
    <th scope="row"><bdi>${short(name)}</bdi></th>
    <td class="number">${dayText(firstSeen, 'short')}</td>
    ${[...told.map((days) => after(days)), last].map(
      (share) => html`<td class="number">${share === undefined ? '–' : cell(share)}</td>`,
    )}
  </tr>`;
}

function cell({ count, total }: DayShare): Html {
  return html`${shareText(count, total)} <small>of ${countText(total)}</small>`;
}

/** The releases on the days that are over. */
function closed(daily: CountResult, choice: Choice): { releases: Uptake[]; lastDay: string } {
  const periods = daily.periods.filter((one) => isOver(one, choice));
  return { releases: uptakes({ periods }), lastDay: periods.at(-1)?.firstDay ?? choice.today };
}
